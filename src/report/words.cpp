// SPDX-License-Identifier: Apache-2.0
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace steelyard::report {

namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

std::string with_commas(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            text += ',';
        }
        text += digits[i];
    }
    return text;
}

}  // namespace

std::string number_text(double value) {
    if (!std::isfinite(value)) {
        return "unknown";
    }
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text == "-0" ? "0" : text;
}

std::string points_text(double value) {
    const std::string text = number_text(std::abs(value));
    if (text == "0" && value != 0) {
        return "less than 0.1 points";
    }
    return text == "1" ? "one point" : text + " points";
}

std::string signed_text(double value) {
    const std::string text = number_text(value);
    return text == "0" || text.starts_with('-') ? text : "+" + text;
}

std::string count_text(std::string_view digits) {
    constexpr std::size_t readable = 15;
    if (digits.size() <= readable) {
        return with_commas(digits);
    }
    std::size_t exponent = digits.size() - 1;
    const int leading = (digits[0] - '0') * 10 + (digits[1] - '0');
    if (leading >= 32) {  // sqrt(10): nearest power of ten
        ++exponent;
    }
    return fmt::format("about 10^{}", exponent);
}

std::string share_text(double share) {
    const double percent = share * 100;
    if (percent > 0 && percent < 1) {
        return "under 1%";
    }
    if (percent < 100 && percent > 99) {
        return "over 99%";
    }
    return fmt::format("{:.0f}%", percent);
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
    const std::string many = plural.empty() ? std::string(singular) + "s" : std::string(plural);
    if (count == 0) {
        return "no " + std::string(singular);
    }
    if (count == 1) {
        return "one " + std::string(singular);
    }
    return with_commas(std::to_string(count)) + " " + many;
}

std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            text += i + 1 == items.size() ? " and " : ", ";
        }
        text += items[i];
    }
    return text;
}

std::string capitalised(std::string text) {
    if (!text.empty() && is_lower(text[0])) {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string clause(std::string_view text) {
    while (!text.empty() &&
           (text.back() == '.' || std::isspace(static_cast<unsigned char>(text.back())) != 0)) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

std::string sentence(std::string text) {
    text = capitalised(std::move(text));
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) {
        text += '.';
    }
    return text;
}

std::string in_sentence(std::string_view name) {
    const auto prefixed = [&] { return "the " + std::string(name); };
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos || name.starts_with("the ")) {
        return std::string(name);
    }
    if (name.starts_with("The ")) {
        return "t" + std::string(name.substr(1));
    }
    // "Fjordline, the ferry company": the proper name is enough inside a sentence.
    if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
        return in_sentence(name.substr(0, comma));
    }
    static constexpr std::array starts = {"United ", "European ", "Eurasian ", "African ", "Soviet "};
    static constexpr std::array ends = {
        " Union",      " States",     " Federation", " Republic", " Commission", " Council", " Ministry",
        " Parliament", " Government", " Authority",  " Agency",   " Bank",       " Party",   " Kingdom",
        " Emirates",   " Committee",  " League",     " Company",  " Fund"};
    if (std::ranges::any_of(starts, [&](std::string_view s) { return name.starts_with(s); }) ||
        std::ranges::any_of(ends, [&](std::string_view s) { return name.ends_with(s); })) {
        return prefixed();
    }
    // "Shipping line", "Dockers' union": a description, not a name.
    if (is_upper(name[0]) && name.size() > 1 && is_lower(name[1]) && is_lower(name[space + 1])) {
        std::string text = prefixed();
        text[4] = static_cast<char>(text[4] - 'A' + 'a');
        return text;
    }
    return std::string(name);
}

bool is_plural(std::string_view name) {
    // A plural noun, then a preposition; other plurals (United States) are names of one thing.
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos || space < 3 || name[space - 1] != 's' || name[space - 2] == 's') {
        return false;
    }
    const std::string_view rest = name.substr(space + 1);
    static constexpr std::array prepositions = {"of ", "from ", "in ",      "for ",
                                                "at ", "with ", "without ", "against "};
    return std::ranges::any_of(prepositions, [&](std::string_view word) { return rest.starts_with(word); });
}

std::string_view short_name(std::string_view name) {
    return name.substr(0, name.find(','));
}

std::string_view credibility_word(int credibility) {
    static constexpr std::array<std::string_view, 6> words = {
        "confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged"};
    return credibility >= 1 && credibility <= 6 ? words[static_cast<std::size_t>(credibility - 1)]
                                                : "not rated";
}

std::string_view reliability_word(char reliability) {
    static constexpr std::array<std::string_view, 6> words = {"reliable",        "usually reliable",
                                                              "fairly reliable", "not usually reliable",
                                                              "unreliable",      "cannot be judged"};
    return reliability >= 'A' && reliability <= 'F' ? words[static_cast<std::size_t>(reliability - 'A')]
                                                    : "not rated";
}

std::size_t text_length(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string_view text, std::size_t most) {
    if (text_length(text) <= most) {
        return std::string(text);
    }
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < text.size(); ++bytes) {
        if ((static_cast<unsigned char>(text[bytes]) & 0xC0U) != 0x80U && ++seen == most) {
            break;
        }
    }
    std::string_view cut = text.substr(0, bytes);
    if (const std::size_t space = cut.find_last_of(' ');
        space != std::string_view::npos && space > bytes / 2) {
        cut = cut.substr(0, space);
    }
    while (!cut.empty() && std::string_view(",;: ").find(cut.back()) != std::string_view::npos) {
        cut.remove_suffix(1);
    }
    return std::string(cut) + "…";
}

}  // namespace steelyard::report
