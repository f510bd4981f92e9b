// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace steelyard::cli {

namespace {

/// Writes everything; returns the error number, or 0.
int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return errno;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return 0;
}

bool wants_colour() {
    const char* refused = std::getenv("NO_COLOR");  // no-color.org: any value but the empty one
    const char* kind = std::getenv("TERM");
    return (refused == nullptr || *refused == '\0') && kind != nullptr && std::string_view(kind) != "dumb";
}

std::string_view code(Ink ink) {
    switch (ink) {
        case Ink::strong:
            return "\033[1m";
        case Ink::faint:
            return "\033[2m";
        case Ink::good:
            return "\033[32m";
        case Ink::bad:
            return "\033[31m";
        case Ink::accent:
            return "\033[36m";
        case Ink::plain:
            break;
    }
    return "";
}

/// `1234`, `0.56`
std::string rate_text(double rate) {
    if (rate >= 10)
        return std::to_string(std::llround(rate));
    return std::to_string(rate).substr(0, 4);
}

/// `40 s`, `3 min`, `2 h 5 min`
std::string time_text(double seconds) {
    const long long whole = std::llround(seconds);
    if (whole < 100)
        return std::to_string(whole) + " s";
    const long long minutes = (whole + 59) / 60;
    if (minutes < 100)
        return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string paint(bool coloured, Ink ink, std::string_view text) {
    if (!coloured || ink == Ink::plain || text.empty())
        return std::string(text);
    return std::string(code(ink)) + std::string(text) + "\033[0m";
}

}  // namespace

Terminal::Terminal()
    : interactive_(isatty(STDOUT_FILENO) != 0),
      error_interactive_(isatty(STDERR_FILENO) != 0),
      next_progress_(Clock::now() + std::chrono::milliseconds(400)) {
    colour(When::automatic);
    winsize size{};
    if (interactive_ && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width_ = std::max<std::size_t>(size.ws_col, 40);
}

void Terminal::colour(When when) {
    const bool wanted = wants_colour();
    coloured_ = when == When::always || (when == When::automatic && interactive_ && wanted);
    error_coloured_ = when == When::always || (when == When::automatic && error_interactive_ && wanted);
}

std::string Terminal::ink(Ink ink, std::string_view text) const {
    return paint(coloured_, ink, text);
}

std::string Terminal::error_ink(Ink ink, std::string_view text) const {
    return paint(error_coloured_, ink, text);
}

void Terminal::flush() {
    clear_progress();
    const int error = write_all(STDOUT_FILENO, out_);
    out_.clear();
    if (error == EPIPE) {
        std::signal(SIGPIPE, SIG_DFL);
        std::raise(SIGPIPE);
    }
    if (error != 0)
        throw Error(ErrorKind::input_output,
                    std::string("cannot write to standard output: ") + std::strerror(error));
}

void Terminal::complain(std::string_view text) {
    clear_progress();
    write_all(STDERR_FILENO, text);
}

void Terminal::progress(const Progress& progress) {
    if (!error_interactive_)
        return;
    const Clock::time_point now = Clock::now();
    if (progress.stage != stage_ || progress.done < stage_from_) {
        stage_ = progress.stage;
        stage_began_ = now;
        stage_from_ = progress.done;
    }
    if (now < next_progress_)
        return;
    next_progress_ = now + std::chrono::milliseconds(100);
    std::string bar = "\r\033[K" + std::string(progress.stage) + ' ';
    if (progress.total > 0) {
        constexpr std::size_t length = 24;
        const double share = std::clamp(progress.done / progress.total, 0.0, 1.0);
        const auto done = static_cast<std::size_t>(share * length);
        bar += '[' + std::string(done, '#') + std::string(length - done, '.') + "] " +
               std::to_string(std::lround(100 * share)) + " %";
        const double seconds = std::chrono::duration<double>(now - stage_began_).count();
        const double rate = (progress.done - stage_from_) / seconds;
        if (seconds > 1 && rate > 0)
            bar += ", " + rate_text(rate) + " a second, " +
                   time_text((progress.total - progress.done) / rate) + " left";
    } else {
        bar += std::to_string(std::llround(progress.done));
    }
    write_all(STDERR_FILENO, bar);
    progress_shown_ = true;
}

void Terminal::clear_progress() {
    if (progress_shown_)
        write_all(STDERR_FILENO, "\r\033[K");
    progress_shown_ = false;
}

std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
    std::string wrapped;
    std::size_t used = indent;
    const auto new_line = [&] {
        wrapped += '\n' + std::string(indent, ' ');
        used = indent;
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        if (!word.empty()) {
            if (used > indent && used + 1 + columns(word) > width) {
                new_line();
            } else if (used > indent) {
                wrapped += ' ';
                ++used;
            }
            wrapped += word;
            used += columns(word);
        }
        if (end < text.size() && text[end] == '\n')
            new_line();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return wrapped;
}

}  // namespace steelyard::cli
