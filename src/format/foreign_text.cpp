// SPDX-License-Identifier: Apache-2.0
#include "foreign_text.hpp"

#include "steelyard/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace steelyard::format {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

}  // namespace

std::string file_stem(std::string_view file_name) {
    file_name.remove_prefix(std::min(file_name.find_last_of("/\\") + 1, file_name.size()));
    const std::size_t dot = file_name.rfind('.');
    return std::string(dot == 0 ? file_name : file_name.substr(0, dot));
}

std::string without_domain(std::string stem) {
    constexpr std::string_view kDomain = "domain";
    if (stem.size() <= kDomain.size() + 1)
        return stem;
    const std::size_t at = stem.size() - kDomain.size();
    const bool ends =
        std::equal(kDomain.begin(), kDomain.end(), stem.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char small, char c) { return c == small || c == small - 'a' + 'A'; });
    if (ends && (stem[at - 1] == '_' || stem[at - 1] == '-'))
        stem.resize(at - 1);
    return stem;
}

bool all_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code >= 0x20U && code != 0x7FU) || c == '\t' || c == '\n' || c == '\r';
    });
}

std::optional<Rational> read_decimal(std::string_view text, bool& rounded) {
    text = trimmed(text);
    if (text.find('/') != std::string_view::npos)
        return std::nullopt;
    if (auto exact = Rational::parse(text))
        return exact;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) ||
        std::abs(value) >= 1e18)
        return std::nullopt;
    rounded = true;
    if (std::abs(value) >= 1)
        return Rational::nearest(value, 17);
    constexpr std::int64_t kGrid = 100'000'000'000'000'000;
    return Rational::fraction(std::llround(value * static_cast<double>(kGrid)), kGrid);
}

std::optional<std::int64_t> read_integer(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::string decimal_text(const Rational& value, bool& rounded) {
    std::string text = value.text();
    if (text.find('/') == std::string::npos)
        return text;
    rounded = true;
    return fmt::format("{}", value.to_double());
}

}  // namespace steelyard::format
