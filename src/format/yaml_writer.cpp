// SPDX-License-Identifier: Apache-2.0
#include "yaml_writer.hpp"

#include "steelyard/core/rational.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace steelyard::format {

namespace {

constexpr std::size_t kWidth = 100;

/// Words and forms that YAML readers take for truth values, nothing, or numbers.
bool reads_as_something_else(std::string_view text) {
    constexpr std::array<std::string_view, 12> kWords{"true", "false", "yes", "no", "on", "off",
                                                      "null", "~",     "y",   "n",  "<<", "="};
    std::string lower(text.substr(0, 8));
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return (text.size() <= 8 && std::ranges::find(kWords, lower) != kWords.end()) ||
           Rational::parse(text).has_value();
}

/// Whether every character may stand unescaped, line feeds apart.
bool prints(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] >= ' ' && text[at] <= '~') {  // nearly every one
            ++at;
            continue;
        }
        const Utf8 character = read_utf8(text, at);
        if (character.size == 0 || !may_stand_in_yaml(character.code) || character.code == '\t' ||
            (is_line_break(character.code) && character.code != '\n'))
            return false;
        at += character.size;
    }
    return true;
}

bool plain_will_do(std::string_view text, bool flow) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':' ||
        text.find('\n') != std::string_view::npos || !prints(text) || reads_as_something_else(text))
        return false;
    constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`";
    const bool negative = text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    if ((kIndicators.find(text.front()) != std::string_view::npos && !negative) || text.starts_with("..."))
        return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
        return false;
    return !flow || text.find_first_of(",[]{}?") == std::string_view::npos;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const Utf8 character = read_utf8(text, at);
        const std::uint32_t code = character.size == 0 ? 0xFFFD : character.code;
        if (code == '"' || code == '\\')
            out += {'\\', static_cast<char>(code)};
        else if (code == '\n')
            out += "\\n";
        else if (code == '\t')
            out += "\\t";
        else if (!may_stand_in_yaml(code) || is_line_break(code)) {
            constexpr std::string_view kDigits = "0123456789ABCDEF";
            out += "\\u";
            for (const unsigned shift : {12U, 8U, 4U, 0U})
                out += kDigits[(code >> shift) & 0xFU];
        } else {
            out += character.size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(at, character.size);
        }
        at += std::max<std::size_t>(1, character.size);
    }
    return out + '"';
}

std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string scalar(const Value& value, bool flow) {
    if (const auto* text = value.get<std::string>())
        return plain_will_do(*text, flow) ? *text : quoted(*text);
    if (const auto* truth = value.get<bool>())
        return *truth ? "true" : "false";
    if (const auto* integer = value.get<std::int64_t>())
        return std::to_string(*integer);
    if (const auto* exact = value.get<Rational>())
        return exact->text();
    if (const auto* real = value.get<double>()) {
        std::array<char, 32> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), *real);
        return {digits.data(), end};
    }
    return "null";
}

std::string name(std::string_view key, bool flow) {
    return plain_will_do(key, flow) ? std::string(key) : quoted(key);
}

/// Adds `value` on one line to `out`; false when that makes it longer than `most`.
bool add_flow(const Value& value, std::size_t most, std::string& out) {
    const auto* list = value.get<Value::List>();
    const auto* map = value.get<Value::Map>();
    if (list == nullptr && map == nullptr) {
        out += scalar(value, true);
        return out.size() <= most * 4 && columns(out) <= most;
    }
    out += list != nullptr ? '[' : '{';
    bool first = true;
    const auto separate = [&] {
        out += first ? "" : ", ";
        first = false;
    };
    if (list != nullptr) {
        for (const Value& item : *list) {
            separate();
            if (!add_flow(item, most, out))
                return false;
        }
    } else {
        for (const auto& [key, item] : *map) {
            separate();
            out += name(key, true) + ": ";
            if (!add_flow(item, most, out))
                return false;
        }
    }
    out += list != nullptr ? ']' : '}';
    return out.size() <= most * 4 && columns(out) <= most;
}

std::optional<std::string> flow(const Value& value, std::size_t most) {
    std::string out;
    return add_flow(value, most, out) ? std::optional(out) : std::nullopt;
}

bool empty(const Value& value) {
    const auto* list = value.get<Value::List>();
    const auto* map = value.get<Value::Map>();
    return (list != nullptr && list->empty()) || (map != nullptr && map->empty());
}

class Writer {
public:
    std::string take() { return std::move(out_); }

    void document(const Value::Map& map) {
        bool first = true;
        bool after_section = false;
        for (const auto& [key, value] : map) {
            const bool section =
                !empty(value) && (value.get<Value::List>() != nullptr || value.get<Value::Map>() != nullptr);
            if (!first && (section || after_section))
                out_ += '\n';
            entry(key, value, 0, section);
            first = false;
            after_section = section;
        }
    }

private:
    void indent(std::size_t depth) { out_.append(2 * depth, ' '); }

    /// `key: value`, from the key on.  `spread`: a list or map goes to lines of its own even if it is short.
    void entry(const std::string& key, const Value& value, std::size_t depth, bool spread) {
        indent(depth);
        const std::string label = name(key, false) + ':';
        out_ += label;
        after_label(value, depth, 2 * depth + columns(label) + 1, spread);
    }

    /// What follows a key or a dash, with the line's end.
    void after_label(const Value& value, std::size_t depth, std::size_t column, bool spread) {
        if (const auto* text = value.get<std::string>()) {
            out_ += ' ';
            write_text(*text, depth, column);
            return;
        }
        const auto* list = value.get<Value::List>();
        const auto* map = value.get<Value::Map>();
        if (list == nullptr && map == nullptr) {
            out_ += ' ' + scalar(value, false) + '\n';
            return;
        }
        if (const auto line = flow(value, column < kWidth ? kWidth - column : 0);
            line && (!spread || empty(value))) {
            out_ += ' ' + *line + '\n';
            return;
        }
        if (empty(value)) {
            out_ += list != nullptr ? " []\n" : " {}\n";
            return;
        }
        out_ += '\n';
        if (list != nullptr)
            write_list(*list, depth + 1);
        else
            write_map(*map, depth + 1);
    }

    void write_map(const Value::Map& map, std::size_t depth) {
        for (const auto& [key, value] : map)
            entry(key, value, depth, false);
    }

    void write_list(const Value::List& list, std::size_t depth) {
        for (const Value& item : list) {
            indent(depth);
            out_ += '-';
            const auto* map = item.get<Value::Map>();
            const bool fits = flow(item, kWidth - std::min(kWidth, 2 * depth + 2)).has_value();
            if (map == nullptr || map->empty() || fits) {
                after_label(item, depth, 2 * depth + 2, false);
                continue;
            }
            // A map begins on the line of its dash.
            const std::size_t begin = out_.size();
            write_map(*map, depth + 1);
            out_.replace(begin, 2 * (depth + 1), " ");
        }
    }

    void write_text(const std::string& text, std::size_t depth, std::size_t column) {
        if (text.find('\n') != std::string::npos && fit_for_block(text)) {
            literal(text, depth);
        } else if (column + columns(text) > kWidth && fit_for_folding(text)) {
            folded(text, depth);
        } else {
            out_ += scalar(Value(text), false) + '\n';
        }
    }

    /// Whether a text keeps every character in a block: nothing that needs escapes, no blank edge that the
    /// block's rules would change.
    static bool fit_for_block(const std::string& text) {
        return prints(text) && text.front() != ' ' && text.front() != '\n' && !text.ends_with("\n\n") &&
               text.find(" \n") == std::string::npos && text.back() != ' ';
    }

    static bool fit_for_folding(const std::string& text) {
        return prints(text) && text.find('\n') == std::string::npos && text.front() != ' ' &&
               text.back() != ' ' && text.find("  ") == std::string::npos &&
               text.find(' ') != std::string::npos;
    }

    void literal(const std::string& text, std::size_t depth) {
        out_ += text.back() == '\n' ? "|\n" : "|-\n";
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            if (end > 0) {
                indent(depth + 1);
                out_ += rest.substr(0, end);
            }
            out_ += '\n';
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void folded(const std::string& text, std::size_t depth) {
        out_ += ">-\n";
        const std::size_t room = kWidth > 2 * (depth + 1) + 20 ? kWidth - 2 * (depth + 1) : 20;
        std::string_view rest = text;
        while (!rest.empty()) {
            std::size_t end = std::min(rest.find(' '), rest.size());
            std::size_t used = columns(rest.substr(0, end));
            while (end < rest.size()) {
                const std::size_t next = std::min(rest.find(' ', end + 1), rest.size());
                used += columns(rest.substr(end, next - end));
                if (used > room)
                    break;
                end = next;
            }
            indent(depth + 1);
            out_ += std::string(rest.substr(0, end)) + '\n';
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    std::string out_;
};

}  // namespace

std::string to_yaml(const Value& map) {
    Writer writer;
    writer.document(*map.get<Value::Map>());
    return writer.take();
}

}  // namespace steelyard::format
