// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Where answers go: standard output with or without colours and columns, and the progress line on standard
/// error.

#include "steelyard/core/context.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace steelyard::cli {

enum class Ink { plain, strong, faint, good, bad, accent };

/// When to colour: `auto` asks whether standard output is a terminal and NO_COLOR is not set.
enum class When { automatic, always, never };

class Terminal {
public:
    Terminal();

    void colour(When when);
    [[nodiscard]] bool coloured() const { return coloured_; }
    /// Whether a person reads along: columns are aligned and lines wrapped on a terminal only.
    [[nodiscard]] bool interactive() const { return interactive_; }
    /// Columns of the terminal; 100 where there is none.
    [[nodiscard]] std::size_t width() const { return width_; }

    /// The text in a colour, or as it is.
    [[nodiscard]] std::string ink(Ink ink, std::string_view text) const;
    /// The same for standard error.
    [[nodiscard]] std::string error_ink(Ink ink, std::string_view text) const;

    /// Collects text for standard output.
    void print(std::string_view text) { out_ += text; }
    void line(std::string_view text = {}) {
        out_ += text;
        out_ += '\n';
    }
    /// Writes what was collected.  Throws `Error` (input_output) when it cannot; a reader that has gone away
    /// (`| head`) ends the program quietly, as it does other tools.
    void flush();

    /// Writes to standard error at once.
    void complain(std::string_view text);

    /// Shows how far the work is, on one line of standard error, when that is a terminal and the work takes
    /// more than a moment.
    void progress(const Progress& progress);
    void clear_progress();

private:
    using Clock = std::chrono::steady_clock;

    std::string out_;
    std::size_t width_ = 100;
    bool interactive_ = false;
    bool coloured_ = false;
    bool error_interactive_ = false;
    bool error_coloured_ = false;
    bool progress_shown_ = false;
    Clock::time_point next_progress_;
    std::string stage_;  // of the progress shown, with when and where it began
    Clock::time_point stage_began_;
    double stage_from_ = 0;
};

/// How many columns a text takes (its code points; wide and combining characters are counted as one).
std::size_t columns(std::string_view text);

/// The text in lines that begin at column `indent` and end before column `width`, broken at blanks.  The first
/// line's blanks are the caller's.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

}  // namespace steelyard::cli
