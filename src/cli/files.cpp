// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include "steelyard/core/error.hpp"
#include "terminal.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace steelyard::cli {

namespace {

constexpr std::size_t kLargestFile = std::size_t{64} * 1024 * 1024;

[[noreturn]] void fail(std::string_view what, const std::string& path, int error) {
    Problem problem;
    problem.place.file = path == "-" ? "standard input" : path;
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
        const int result = descriptor_ > STDERR_FILENO ? ::close(descriptor_) : 0;
        descriptor_ = -1;
        return result == 0 ? 0 : errno;
    }

private:
    int descriptor_;
};

int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return errno;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return 0;
}

/// The permissions a new file gets, or those of the file it replaces.
mode_t permissions(const std::string& path) {
    struct stat existing{};
    if (stat(path.c_str(), &existing) == 0)
        return existing.st_mode & 07777U;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666U & ~mask;
}

void write_beside_and_rename(const std::string& path, std::string_view text) {
    std::string temporary = path + ".XXXXXX";
    File file(mkstemp(temporary.data()));
    if (file.get() < 0)
        fail("cannot write", path, errno);
    int error = write_all(file.get(), text);
    if (error == 0 && fchmod(file.get(), permissions(path)) != 0)
        error = errno;
    if (error == 0)
        error = file.close();
    if (error == 0 && std::rename(temporary.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        unlink(temporary.c_str());
        fail("cannot write", path, error);
    }
}

}  // namespace

std::string read_file(const std::string& path) {
    const File file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot read", path, errno);
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            if (interrupt_token().requested())
                throw Error(ErrorKind::cancelled, "stopped");
            continue;
        }
        if (got < 0)
            fail("cannot read", path, errno);
        if (got == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > kLargestFile) {
            throw Error(
                ErrorKind::limit,
                std::vector{Problem{Place{path, 0, 0, {}}, "the file is larger than 64 MiB", {}, {}, {}}});
        }
    }
}

void write_file(const std::string& path, std::string_view text, Terminal& terminal) {
    if (path == "-") {
        terminal.print(text);
        return;
    }
    std::error_code ignored;
    const std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
    const auto status = std::filesystem::status(path, ignored);
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status)) {
        write_beside_and_rename(target.empty() ? path : target.string(), text);
        return;
    }
    const File file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot write", path, errno);
    if (const int error = write_all(file.get(), text); error != 0)
        fail("cannot write", path, error);
}

void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directory(path, error);
    if (error)
        fail("cannot make the folder", path, error.value());
}

std::vector<std::string> list_folder(const std::string& path) {
    std::error_code error;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored))
            files.push_back(entry->path().string());
    }
    if (error)
        fail("cannot read the folder", path, error.value());
    std::ranges::sort(files);
    return files;
}

}  // namespace steelyard::cli
