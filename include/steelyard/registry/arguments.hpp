// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Options given as texts, by a command line or an example, and the request body that doors share.

#include "steelyard/core/described.hpp"
#include "steelyard/core/value.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace steelyard {

/// The text of the document (an article) that `name` stands for; a command line reads the file.
using ReadDocument = std::function<std::string(const std::string& name)>;

/// Arguments (see `read_options`) from option names and texts.
///
/// A list is written `a,b` and a map `name=value,name=value`; both also by repeating the option.  Where an
/// option is a document, `read` turns the text into the document; without `read` the text is the document.
/// Throws `Error` (invalid_option) with every problem: unknown names (with a near match), a single value
/// given twice, an entry of a map without `=`.
Value arguments_from_texts(std::span<const FieldShape> options, const Named<std::string>& texts,
                           const ReadDocument& read = {});

/// What a request asks for: the body of `POST /api/run` and of `steelyard run --json -`.
struct Request {
    std::string analysis;
    Value subject;  ///< the case: its text, its path, or the case itself as a map; the door knows which
    Value options;  ///< a map, or nothing
    std::uint64_t seed = 1;
    Named<Value> overrides;  ///< numbers to replace: address; a number, or its text (`10..14`)

    static constexpr auto fields() {
        return std::tuple{
            field("analysis", &Request::analysis, "The analysis to run."),
            field("case", &Request::subject, "The case: its text, its path, or the case itself."),
            field("options", &Request::options,
                  "Options of the analysis; those left out take their default."),
            field("seed", &Request::seed, "Seed of random draws."),
            field("overrides", &Request::overrides,
                  "Numbers of the case to replace: address and number, or its text."),
        };
    }
};

/// Reads a request.  Throws `Error` (usage) with every problem: unknown members (with a near match), wrong
/// types, no analysis or no case.
Request read_request(const Value& body);

}  // namespace steelyard
