// SPDX-License-Identifier: Apache-2.0
// The only unit that includes the JSON library: it costs seconds to compile.
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace steelyard {

namespace {

/// Line and column (in characters) of a byte offset.
Place place_of(std::string_view text, std::size_t offset) {
    Place place{{}, 1, 1, {}};
    for (std::size_t at = 0; at < std::min(offset, text.size());) {
        if (text[at] == '\n') {
            ++place.line;
            place.column = 1;
        } else {
            ++place.column;
        }
        at += std::max<std::size_t>(1, format::read_utf8(text, at).size);
    }
    return place;
}

/// Builds a tree of the events that the library's parser reports.
class Builder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    explicit Builder(std::string_view text) : text_(text) {}
    Value take() { return std::move(root_); }

    bool null() { return add(Value()); }
    bool boolean(bool truth) { return add(Value(truth)); }
    bool number_integer(number_integer_t number) { return add(Value(std::int64_t{number})); }
    bool number_unsigned(number_unsigned_t number) {
        if (!std::in_range<std::int64_t>(number))
            fail("a whole number does not fit into 64 bits", std::to_string(number),
                 "at most 9223372036854775807");
        return add(Value(static_cast<std::int64_t>(number)));
    }
    bool number_float(number_float_t number, const string_t& typed) {
        // The library reads a whole number that is too large for it as a float.
        if (typed.find_first_of(".eE") == string_t::npos)
            fail("a whole number does not fit into 64 bits", typed, "at most 9223372036854775807");
        const auto exact = Rational::parse(typed);
        return add(exact ? Value(*exact) : Value(number));
    }
    bool string(string_t& text) { return add(Value(std::move(text))); }
    bool binary(binary_t&) { return false; }  // not in JSON texts

    bool start_object(std::size_t) { return open(Value(Value::Map())); }
    bool key(string_t& name) {
        if (!open_.back().names.insert(name).second)
            fail("the same name twice in one object", name, "each name once");
        name_ = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Value(Value::List())); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t position, const std::string& last, const nlohmann::json::exception&) {
        Problem problem;
        problem.place = place_of(text_, position == 0 ? 0 : position - 1);
        problem.message = "this is not JSON";
        problem.found = last.substr(0, 40);
        problem.allowed = "objects {\"name\": value}, lists [..], \"texts\", numbers, true, false, null";
        throw Error(ErrorKind::usage, std::vector{std::move(problem)});
    }

private:
    struct Open {
        Value value;
        std::string name;  ///< under which it stands in its parent
        std::unordered_set<std::string> names;
    };

    [[noreturn]] static void fail(std::string message, std::string found, std::string allowed) {
        throw Error(ErrorKind::usage,
                    std::vector{Problem{{}, std::move(message), std::move(found), std::move(allowed), {}}});
    }

    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* list = open_.back().value.get<Value::List>()) {
            list->push_back(std::move(value));
        } else {
            open_.back().value.get<Value::Map>()->emplace_back(std::exchange(name_, {}), std::move(value));
        }
        return true;
    }

    bool open(Value value) {
        if (open_.size() >= JsonLimits::depth)
            throw Error(ErrorKind::limit,
                        "JSON nested more than " + std::to_string(JsonLimits::depth) + " deep");
        open_.push_back({std::move(value), std::exchange(name_, {}), {}});
        return true;
    }

    bool close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        name_ = std::move(done.name);
        return add(std::move(done.value));
    }

    std::string_view text_;
    Value root_;
    std::vector<Open> open_;
    std::string name_;
};

}  // namespace

Value from_json(std::string_view text) {
    if (text.size() > JsonLimits::bytes)
        throw Error(ErrorKind::limit,
                    "JSON of more than " + std::to_string(JsonLimits::bytes / 1024 / 1024) + " MiB");
    Builder builder(text);
    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take();
}

}  // namespace steelyard
