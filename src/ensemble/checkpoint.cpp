// SPDX-License-Identifier: Apache-2.0
#include "steelyard/ensemble/checkpoint.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"

#include <algorithm>
#include <charconv>

namespace steelyard::ensemble {

namespace {

constexpr std::string_view kFirstLine = "steelyard checkpoint 1";

[[noreturn]] void damaged() {
    throw Error(ErrorKind::input_output, "the checkpoint is damaged, or is no checkpoint of this version");
}

/// The next line, which must begin with `name` and a blank.
std::string_view line(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name) || text.substr(name.size(), 1) != " ") {
        damaged();
    }
    const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
    text.remove_prefix(end + 1);
    return value;
}

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        damaged();
    }
    return value;
}

/// The part of a study's name that stays the same through its stages.
std::string_view stem(std::string_view study) {
    return study.substr(0, study.find('/'));
}

}  // namespace

void add_stretch(std::vector<Stretch>& done, Stretch more) {
    if (more.first == more.second) {
        return;
    }
    auto place = std::ranges::lower_bound(done, more);
    place = done.insert(place, more);
    if (std::next(place) != done.end() && std::next(place)->first == place->second) {
        place->second = std::next(place)->second;
        done.erase(std::next(place));
    }
    if (place != done.begin() && std::prev(place)->second == place->first) {
        std::prev(place)->second = place->second;
        done.erase(place);
    }
}

std::uint64_t pieces_in(const std::vector<Stretch>& stretches) {
    std::uint64_t count = 0;
    for (const auto& [first, end] : stretches) {
        count += end - first;
    }
    return count;
}

std::vector<Stretch> stretches_left(const std::vector<Stretch>& done, std::uint64_t begin,
                                    std::uint64_t end) {
    std::vector<Stretch> left;
    for (const auto& [first, after] : done) {
        if (begin < first) {
            left.emplace_back(begin, std::min(first, end));
        }
        begin = std::max(begin, after);
    }
    if (begin < end) {
        left.emplace_back(begin, end);
    }
    return left;
}

std::string to_text(const Checkpoint& checkpoint) {
    std::string text(kFirstLine);
    text += "\nstudy " + checkpoint.study + "\nbegin " + std::to_string(checkpoint.begin) + "\ndone ";
    for (const auto& [first, end] : checkpoint.done) {
        text += std::to_string(first) + '-' + std::to_string(end) + ',';
    }
    text += "\nsha256 " + sha256(checkpoint.tally) + '\n' + checkpoint.tally;
    return text;
}

Checkpoint read_checkpoint(std::string_view text) {
    if (!text.starts_with(kFirstLine) || text.substr(kFirstLine.size(), 1) != "\n") {
        damaged();
    }
    text.remove_prefix(kFirstLine.size() + 1);
    Checkpoint checkpoint;
    checkpoint.study = line(text, "study");
    checkpoint.begin = number(line(text, "begin"));
    std::string_view done = line(text, "done");
    while (!done.empty()) {
        const std::size_t end = done.find(',');
        const std::string_view part = done.substr(0, end);
        const std::size_t dash = part.find('-');
        if (end == std::string_view::npos || dash == std::string_view::npos) {
            damaged();
        }
        add_stretch(checkpoint.done, {number(part.substr(0, dash)), number(part.substr(dash + 1))});
        done.remove_prefix(end + 1);
    }
    const std::string_view hash = line(text, "sha256");
    if (hash != sha256(text)) {
        damaged();
    }
    checkpoint.tally = text;
    return checkpoint;
}

std::optional<Checkpoint> kept_checkpoint(const Keeping& keeping, std::string_view study) {
    if (!keeping.load) {
        return std::nullopt;
    }
    const std::optional<std::string> text = keeping.load();
    if (!text) {
        return std::nullopt;
    }
    Checkpoint checkpoint = read_checkpoint(*text);
    if (stem(checkpoint.study) != stem(study)) {
        throw Error(
            ErrorKind::input_output,
            "the checkpoint belongs to another run (another case, seed, version or option): remove it, or "
            "name another file");
    }
    // Another stage of the same study: its points are computed again.
    return checkpoint.study == study ? std::optional(std::move(checkpoint)) : std::nullopt;
}

}  // namespace steelyard::ensemble
