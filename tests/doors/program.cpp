// SPDX-License-Identifier: Apache-2.0
#include "doors/program.hpp"

#include "support/reference_data.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace steelyard::test {

namespace {

using Clock = std::chrono::steady_clock;

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Descriptor() { close(); }
    void close() {
        if (value_ >= 0)
            ::close(value_);
        value_ = -1;
    }
    [[nodiscard]] int get() const { return value_; }

private:
    int value_;
};

struct Pipe {
    Descriptor read{-1};
    Descriptor write{-1};
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// A pseudo-terminal: what is written to one end stands on the other.
Pipe make_terminal() {
    Descriptor ours(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (ours.get() < 0 || grantpt(ours.get()) != 0 || unlockpt(ours.get()) != 0)
        throw std::runtime_error("no terminal");
    Descriptor theirs(open(ptsname(ours.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    winsize size{};
    size.ws_col = 100;
    size.ws_row = 40;
    ioctl(theirs.get(), TIOCSWINSZ, &size);
    termios mode{};
    tcgetattr(theirs.get(), &mode);
    mode.c_oflag &= ~static_cast<tcflag_t>(OPOST);  // line ends as they are written
    mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(theirs.get(), TCSANOW, &mode);
    return {std::move(ours), std::move(theirs)};
}

/// Reads what is there; false at the end.
bool read_some(int descriptor, std::string& text) {
    std::array<char, 1U << 16U> buffer{};
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got > 0)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && errno == EINTR);
}

/// Feeds and drains the program until both outputs end.
void talk(pid_t child, const Start& start, Descriptor in, const Descriptor& out, const Descriptor& err,
          Outcome& outcome) {
    std::signal(SIGPIPE, SIG_IGN);
    std::size_t fed = 0;
    bool out_open = out.get() >= 0;
    bool err_open = err.get() >= 0;
    bool interrupted = start.interrupt_after_ms == 0;
    const auto begin = Clock::now();
    while (out_open || err_open) {
        if (start.interrupt_after_ms == 0 && fed == start.input.size())
            in.close();
        std::array<pollfd, 3> waits{{{out_open ? out.get() : -1, POLLIN, 0},
                                     {err_open ? err.get() : -1, POLLIN, 0},
                                     {fed < start.input.size() ? in.get() : -1, POLLOUT, 0}}};
        poll(waits.data(), waits.size(), interrupted ? 60000 : 10);
        if (waits[0].revents != 0)
            out_open = read_some(out.get(), outcome.out);
        if (waits[1].revents != 0)
            err_open = read_some(err.get(), outcome.err);
        if (waits[2].revents != 0) {
            const ssize_t wrote = ::write(in.get(), start.input.data() + fed, start.input.size() - fed);
            fed = wrote < 0 ? start.input.size() : fed + static_cast<std::size_t>(wrote);
        }
        if (!interrupted && Clock::now() - begin > std::chrono::milliseconds(start.interrupt_after_ms)) {
            kill(child, SIGINT);
            interrupted = true;
        }
    }
}

}  // namespace

Outcome run_program(const std::vector<std::string>& words, const Start& start) {
    Pipe in = start.terminal ? Pipe{} : make_pipe();
    Pipe out = start.terminal ? make_terminal() : make_pipe();
    Pipe err = start.terminal ? Pipe{} : make_pipe();

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const int terminal = out.write.get();
    posix_spawn_file_actions_adddup2(&actions, start.terminal ? terminal : in.read.get(), STDIN_FILENO);
    if (start.output.empty())
        posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, start.output.c_str(), O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, start.terminal ? terminal : err.write.get(), STDERR_FILENO);
    const std::string folder = start.folder.empty() ? source_path("").string() : start.folder;
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> environment = start.environment;
    const auto add = [&](const std::string& name, const std::string& value) {
        const auto same = [&](const std::string& each) { return each.starts_with(name + '='); };
        if (std::ranges::none_of(environment, same))
            environment.push_back(name + '=' + value);
    };
    add("PATH", std::getenv("PATH"));
    add("TERM", "xterm");
    add("LANG", "C.UTF-8");
    for (const char* passed : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = std::getenv(passed))
            add(passed, value);
    }
    const auto pointers = [](const std::vector<std::string>& texts) {
        std::vector<char*> list;
        for (const std::string& text : texts)
            list.push_back(const_cast<char*>(text.c_str()));
        list.push_back(nullptr);
        return list;
    };
    if (start.deaf)
        out.read.close();  // before the start: the program must not get its answer out first
    pid_t child = 0;
    const int failed = posix_spawnp(&child, words[0].c_str(), &actions, &attributes, pointers(words).data(),
                                    pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        throw std::runtime_error("cannot start " + words[0]);

    in.read.close();
    out.write.close();
    err.write.close();
    Outcome outcome;
    talk(child, start, std::move(in.write), out.read, err.read, outcome);
    int status = 0;
    waitpid(child, &status, 0);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return outcome;
}

Outcome steelyard(const std::vector<std::string>& arguments, const Start& start) {
    std::vector<std::string> words{STEELYARD_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run_program(words, start);
}

std::string file_text(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

Scratch::Scratch() : folder_((std::filesystem::temp_directory_path() / "steelyard-XXXXXX").string()) {
    if (mkdtemp(folder_.data()) == nullptr)
        throw std::runtime_error("no folder for the test");
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::file(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
}

std::string small_case() {
    return R"(steelyard: 1
case: harbour-lease
title: Lease of a container terminal
actors:
  port: {name: Port authority}
  carrier: {name: Shipping line}
issues:
  rent: {name: Yearly rent, options: {low: 0, middle: 50, high: 100}, status_quo: low}
  jobs: {name: Jobs kept, options: {dropped: 0, some: 50, every: 100}, status_quo: some}
preferences:
  port:
    no_deal: 35
    points: {rent: {low: 0, middle: 20, high: 40}, jobs: {dropped: 0, some: 10, every: 15}}
  carrier:
    no_deal: {value: 30, spread: 10, because: [rival]}
    points: {rent: {low: 60, middle: 36, high: 0}, jobs: {dropped: 40, some: 28, every: 0}}
sources:
  gazette: {title: The Harbour Gazette}
claims:
  rival: {text: The carrier has a rival offer, kind: estimate, source: gazette, at: {paragraph: 2, start: 44, end: 55, sha256: a8991bf5d3513e3612ca886feb6ce0bffeb6c3ec7810beffe7ef3b4f65dc91cd}}
)";
}

std::string small_source() {
    return "The port wrote a letter.\n\nThe carrier has a rival offer.\n";
}

}  // namespace steelyard::test
