// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an importer has to say: problems, with their places, and notes.

#include "steelyard/core/error.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace steelyard::format {

/// Collects everything that is wrong, so that all of it is reported at once.
class Findings {
public:
    /// The file breaks its format.
    void invalid(Place place, std::string message, std::string found = {}, std::string allowed = {},
                 std::string nearest = {}) {
        add(problems_,
            {std::move(place), std::move(message), std::move(found), std::move(allowed), std::move(nearest)});
        broken_ = true;
    }
    /// The file is sound, but a case cannot express it.
    void unsupported(Place place, std::string message, std::string found = {}, std::string allowed = {}) {
        add(problems_, {std::move(place), std::move(message), std::move(found), std::move(allowed), {}});
    }
    void note(std::string text) {
        if (notes_.size() < kMost)
            notes_.push_back(std::move(text));
    }

    [[nodiscard]] bool clean() const { return problems_.empty(); }

    /// Throws the problems, if there are any: invalid_case when a file is broken, otherwise unsupported.
    void raise() {
        if (!problems_.empty())
            throw Error(broken_ ? ErrorKind::invalid_case : ErrorKind::unsupported, std::move(problems_));
    }

    std::vector<std::string> take_notes() { return std::move(notes_); }

private:
    static constexpr std::size_t kMost = 500;

    static void add(std::vector<Problem>& problems, Problem problem) {
        if (problems.size() < kMost)
            problems.push_back(std::move(problem));
    }

    std::vector<Problem> problems_;
    std::vector<std::string> notes_;
    bool broken_ = false;
};

}  // namespace steelyard::format
