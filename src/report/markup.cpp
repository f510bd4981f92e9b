// SPDX-License-Identifier: Apache-2.0
#include "report/markup.hpp"

#include <cstddef>

namespace steelyard::report {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the UTF-8 sequence at the start of `text` that XML may contain; 0 when there is none.
std::size_t valid_sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || length > text.size() || first > 0xF4) {
        return 0;
    }
    char32_t code = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return 0;
        }
        code = code << 6U | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool c1_or_noncharacter = (code >= 0x80 && code < 0xA0) || (code & 0xFFFEU) == 0xFFFEU;
    return overlong || surrogate || c1_or_noncharacter || code > 0x10FFFF ? 0 : length;
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const std::size_t length = valid_sequence(text);
        if (length == 0) {
            result += replacement;
            text.remove_prefix(1);
            continue;
        }
        switch (text.front()) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return result;
}

std::string html_text(std::string_view text) {
    const std::string escaped = escape_html(text);
    std::string result;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        const bool number = i + 1 < escaped.size() && escaped[i + 1] >= '0' && escaped[i + 1] <= '9';
        const bool free = i == 0 || std::string_view(" (").find(escaped[i - 1]) != std::string_view::npos;
        if (escaped[i] == '-' && number && free) {
            result += "\xE2\x88\x92";
        } else {
            result += escaped[i];
        }
    }
    return result;
}

std::string escape_markdown(std::string_view text, bool at_start) {
    std::string result;
    bool start = at_start;
    bool digits = false;  // only digits so far: "1." would start a list
    for (const char c : text) {
        const bool list_mark = start && (c == '#' || c == '+' || c == '-' || c == '=');
        const bool numbered = digits && (c == '.' || c == ')');
        if (c == '\n' || c == '\r' || c == '\t') {
            result += ' ';
        } else if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else if (c == '&') {
            result += "&amp;";
        } else {
            if (list_mark || numbered || std::string_view("\\`*_[]|~$").find(c) != std::string_view::npos) {
                result += '\\';
            }
            result += c;
        }
        digits = (start || digits) && c >= '0' && c <= '9';
        start = start && c == ' ';
    }
    return result;
}

bool is_link(std::string_view url) {
    return (url.starts_with("https://") || url.starts_with("http://")) &&
           url.find_first_of(" \t\r\n\"'<>\\^`{|}") == std::string_view::npos;
}

}  // namespace steelyard::report
