// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Ids for things that other programs know by a name only.

#include <set>
#include <string>
#include <string_view>

namespace steelyard::format {

/// Makes ids, each once.
class IdMaker {
public:
    /// `prefix` (a small letter first) stands before ids that would not begin with a letter.
    explicit IdMaker(std::string_view prefix) : prefix_(prefix) {}

    /// `Least Developed Countries` becomes `least_developed_countries`, a second one `..._2`; `$4.37` becomes
    /// `v4_37` with prefix `v`.  A name that is an id already stays as it is.
    std::string make(std::string_view name);

private:
    std::string prefix_;
    std::set<std::string, std::less<>> taken_;
};

}  // namespace steelyard::format
