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
            write_integer(*integer);
        } else if (const auto* exact = value.get<Rational>()) {
            if (format::is_json_number(*exact))
                out_ += exact->text();
            else
                write_real(exact->to_double());
        } else if (const auto* real = value.get<double>()) {
            write_real(*real);
        } else {
            out_ += "null";
        }
    }

private:
    void write_integer(std::int64_t number) {
        std::array<char, 24> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        out_.append(digits.data(), end);
    }

    void write_real(double number) {
        assert(std::isfinite(number) && "a result holds NaN or infinity");
        // As people write them; an exponent also tells readers that a number beyond 64 bits is no whole number.
        const double size = std::abs(number);
        const auto format = size == 0 || (size >= 1e-6 && size < 1e15) ? std::chars_format::fixed
                                                                       : std::chars_format::scientific;
        std::array<char, 40> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, format);
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
            const format::Utf8 character = format::read_utf8(text, at);
            const std::uint32_t code = character.size == 0 ? 0xFFFD : character.code;
            const std::size_t size = std::max<std::size_t>(1, character.size);
            if (code == '"' || code == '\\')
                out_ += {'\\', static_cast<char>(code)};
            else if (code == '\n')
                out_ += "\\n";
            else if (code == '\t')
                out_ += "\\t";
            else if (code == '\r')
                out_ += "\\r";
            else if (!format::may_stand_in_yaml(code) || format::is_line_break(code))
                write_escape(code);  // also what YAML and JavaScript do not allow as it is
            else if (character.size == 0)
                out_ += "\xEF\xBF\xBD";
            else
                out_ += text.substr(at, size);
            at += size;
        }
        out_ += '"';
    }

    /// Codes up to U+FFFF: higher ones may all stand as they are.
    void write_escape(std::uint32_t code) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        out_ += "\\u";
        for (const unsigned shift : {12U, 8U, 4U, 0U})
            out_ += kDigits[(code >> shift) & 0xFU];
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
