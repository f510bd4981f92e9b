// SPDX-License-Identifier: Apache-2.0
#include "steelyard/files/files.hpp"

#include "steelyard/core/error.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace steelyard {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view what, const std::string& path, int error) {
    Problem problem;
    problem.place.file = path;
    problem.message = std::string(what) + ": " + std::strerror(error);
    throw Error(ErrorKind::input_output, std::vector{std::move(problem)});
}

/// A file descriptor that closes itself.
class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }
    [[nodiscard]] int get() const { return descriptor_; }
    /// Returns the error number, or 0.
    int close() {
        const int descriptor = std::exchange(descriptor_, -1);
        return descriptor < 0 || ::close(descriptor) == 0 ? 0 : errno;
    }

private:
    int descriptor_;
};

std::string size_text(std::size_t bytes) {
    constexpr std::size_t mebi = std::size_t{1} << 20U;
    return bytes % mebi == 0 ? std::to_string(bytes / mebi) + " MiB" : std::to_string(bytes) + " bytes";
}

std::string read_all(int descriptor, const std::string& path, std::size_t most,
                     const Interrupted& interrupted) {
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    for (;;) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            if (interrupted)
                interrupted();
            continue;
        }
        if (got < 0)
            fail("cannot read", path, errno);
        if (got == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > most)
            throw Error(
                ErrorKind::limit,
                std::vector{Problem{
                    Place{path, 0, 0, {}}, "the file is too large", {}, "at most " + size_text(most), {}}});
    }
}

/// Returns the error number, or 0.
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return errno;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return 0;
}

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// The name of a file in a folder is on the disk once the folder is.  Folders that can be written but not read, and file
/// systems that know no such thing, keep it in their own time.
void keep_folder(const std::string& path) {
    const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 && errno == EACCES)
        return;
    if (folder.get() < 0 || (::fsync(folder.get()) != 0 && errno != EINVAL))
        fail("cannot write the folder", folder_of(path), errno);
}

/// A new file beside `path` with this text, on the disk; its name.  With the permissions given or, without any, those that
/// a new file gets.
std::string write_beside(const std::string& path, std::string_view text, std::optional<mode_t> mode) {
    static std::atomic<unsigned> count = 0;
    const std::string beginning =
        folder_of(path) + "/." + fs::path(path).filename().string() + '.' + std::to_string(::getpid()) + '-';
    std::string temporary;
    const auto open_new = [&] {
        temporary = beginning + std::to_string(++count);
        return ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    };
    int descriptor = open_new();
    while (descriptor < 0 && errno == EEXIST)  // left behind by a program that was killed
        descriptor = open_new();
    File file(descriptor);
    if (file.get() < 0)
        fail("cannot write", path, errno);
    int error = write_all(file.get(), text);
    if (error == 0 && mode && ::fchmod(file.get(), *mode) != 0)
        error = errno;
    if (error == 0 && ::fsync(file.get()) != 0)
        error = errno;
    if (error == 0)
        error = file.close();
    if (error != 0) {
        ::unlink(temporary.c_str());
        fail("cannot write", path, error);
    }
    return temporary;
}

void write_directly(const std::string& path, std::string_view text) {
    File file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot write", path, errno);
    int error = write_all(file.get(), text);
    if (error == 0)
        error = file.close();
    if (error != 0)
        fail("cannot write", path, error);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most, const Interrupted& interrupted) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot read", path, errno);
    return read_all(file.get(), path, most, interrupted);
}

std::string read_standard_input(std::size_t most, const Interrupted& interrupted) {
    return read_all(STDIN_FILENO, "standard input", most, interrupted);
}

void replace_file(const std::string& path, std::string_view text) {
    struct stat existing{};
    const bool exists = ::stat(path.c_str(), &existing) == 0;
    if (exists && !S_ISREG(existing.st_mode)) {
        write_directly(path, text);
        return;
    }
    std::error_code ignored;
    const fs::path whole = fs::weakly_canonical(path, ignored);
    const std::string target = whole.empty() ? path : whole.string();  // a link stays one
    const std::string temporary =
        write_beside(target, text, exists ? std::optional<mode_t>(existing.st_mode & 07777U) : std::nullopt);
    if (std::rename(temporary.c_str(), target.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        fail("cannot write", path, error);
    }
    keep_folder(target);
}

bool create_file(const std::string& path, std::string_view text) {
    const std::string temporary = write_beside(path, text, std::nullopt);
    const int error = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    ::unlink(temporary.c_str());
    if (error == EEXIST)
        return false;
    if (error != 0)
        fail("cannot write", path, error);
    keep_folder(path);
    return true;
}

}  // namespace steelyard
