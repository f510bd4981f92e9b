// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include "steelyard/core/error.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace steelyard::http {

namespace {

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
    ~File() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    [[nodiscard]] int get() const { return descriptor_; }

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

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// The name of a file in a folder is on the disk once the folder is.
void keep_folder(const std::string& path) {
    const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0)
        fail("cannot write the folder", folder_of(path), errno);
}

/// A temporary file beside `path` with this text, on the disk.
std::string write_beside(const std::string& path, std::string_view text, mode_t mode) {
    std::string temporary =
        folder_of(path) + "/." + std::filesystem::path(path).filename().string() + ".XXXXXX";
    const File file(mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot write", path, errno);
    int error = write_all(file.get(), text);
    if (error == 0 && (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0))
        error = errno;
    if (error != 0) {
        ::unlink(temporary.c_str());
        fail("cannot write", path, error);
    }
    return temporary;
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        fail("cannot read", path, errno);
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail("cannot read", path, errno);
        if (got == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > most)
            throw Error(ErrorKind::limit, std::vector{Problem{Place{path, 0, 0, {}},
                                                              "the file is too large",
                                                              {},
                                                              std::to_string(most) + " bytes",
                                                              {}}});
    }
}

void replace_file(const std::string& path, std::string_view text) {
    std::error_code ignored;
    const std::filesystem::path whole = std::filesystem::weakly_canonical(path, ignored);
    const std::string target = whole.empty() ? path : whole.string();  // a link stays one
    struct stat existing{};
    const mode_t mode = ::stat(target.c_str(), &existing) == 0 ? existing.st_mode & 07777U : 0644U;
    const std::string temporary = write_beside(target, text, mode);
    if (std::rename(temporary.c_str(), target.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        fail("cannot write", path, error);
    }
    keep_folder(target);
}

bool create_file(const std::string& path, std::string_view text) {
    const std::string temporary = write_beside(path, text, 0644U);
    const int error = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    ::unlink(temporary.c_str());
    if (error == EEXIST)
        return false;
    if (error != 0)
        fail("cannot write", path, error);
    keep_folder(path);
    return true;
}

}  // namespace steelyard::http
