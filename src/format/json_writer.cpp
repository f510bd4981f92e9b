// SPDX-License-Identifier: Apache-2.0
#include "json_text.hpp"
#include "steelyard/format/json.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace steelyard {

namespace format {

bool is_json_number(const Rational& value) {
    const std::string text = value.text();
    if (text.find('/') != std::string::npos)
        return false;
    const std::size_t first = std::min(text.find_first_not_of("-0."), text.size());
    const auto digits = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(first), text.end(),
                                      [](char c) { return c != '.'; });
    return digits <= 17;
}

}  // namespace format

namespace {

class Writer {
public:
    explicit Writer(int indent) : indent_(static_cast<std::size_t>(std::max(indent, 0))) {}
    std::string take() { return std::move(out_); }

    void write(const Value& value, std::size_t depth) {
        if (const auto* text = value.get<std::string>()) {
            write_text(*text);
        } else if (const auto* list = value.get<Value::List>()) {
            write_all(*list, '[', ']', depth, [&](const Value& item) { write(item, depth + 1); });
        } else if (const auto* map = value.get<Value::Map>()) {
            write_all(*map, '{', '}', depth, [&](const auto& member) {
                write_text(member.first);
                out_ += indent_ > 0 ? ": " : ":";
                write(member.second, depth + 1);
            });
        } else if (const auto* truth = value.get<bool>()) {
            out_ += *truth ? "true" : "false";
        } else if (const auto* integer = value.get<std::int64_t>()) {
            write_number(*integer);
        } else if (const auto* exact = value.get<Rational>()) {
            if (format::is_json_number(*exact))
                out_ += exact->text();
            else
                write_number(exact->to_double());
        } else if (const auto* real = value.get<double>()) {
            assert(std::isfinite(*real) && "a result holds NaN or infinity");
            write_number(*real);
        } else {
            out_ += "null";
        }
    }

private:
    template <class T>
    void write_number(T number) {
        std::array<char, 40> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        out_.append(digits.data(), end);
    }

    template <class Items, class One>
    void write_all(const Items& items, char open, char close, std::size_t depth, const One& one) {
        out_ += open;
        bool first = true;
        for (const auto& item : items) {
            if (!first)
                out_ += ',';
            first = false;
            break_line(depth + 1);
            one(item);
        }
        if (!first)
            break_line(depth);
        out_ += close;
    }

    void break_line(std::size_t depth) {
        if (indent_ > 0) {
            out_ += '\n';
            out_.append(depth * indent_, ' ');
        }
    }

    void write_text(std::string_view text) {
        out_ += '"';
        for (std::size_t at = 0; at < text.size();) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte >= 0x80) {
                const format::Utf8 character = format::read_utf8(text, at);
                out_ +=
                    character.size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(at, character.size);
                at += std::max<std::size_t>(1, character.size);
                continue;
            }
            ++at;
            if (byte == '"' || byte == '\\')
                out_ += {'\\', static_cast<char>(byte)};
            else if (byte == '\n')
                out_ += "\\n";
            else if (byte == '\t')
                out_ += "\\t";
            else if (byte == '\r')
                out_ += "\\r";
            else if (byte < 0x20 || byte == 0x7F)
                write_escape(byte);
            else
                out_ += static_cast<char>(byte);
        }
        out_ += '"';
    }

    void write_escape(unsigned byte) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        out_ += "\\u00";
        out_ += kDigits[byte >> 4U];
        out_ += kDigits[byte & 0xFU];
    }

    std::size_t indent_;
    std::string out_;
};

}  // namespace

std::string to_json(const Value& value, int indent) {
    Writer writer(indent);
    writer.write(value, 0);
    return writer.take();
}

}  // namespace steelyard
