// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What every part of the case reader shares: the names a file declares, and the list of its problems.

#include "steelyard/core/error.hpp"
#include "steelyard/model/case.hpp"
#include "tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace steelyard::format {

/// Ids in the order in which they are declared.
class NameList {
public:
    /// False where the file broke off before all of them were read.
    bool complete = true;

    void add(const std::string& id) {
        if (index_.emplace(id, ids_.size()).second)
            ids_.push_back(id);
    }
    [[nodiscard]] std::optional<std::size_t> find(const std::string& id) const {
        const auto found = index_.find(id);
        return found == index_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }

private:
    std::vector<std::string> ids_;
    std::unordered_map<std::string, std::size_t> index_;
};

/// Everything that other parts of the file may refer to.  Filled before anything else is read, so sections
/// may stand in any order.
struct Declared {
    NameList actors, issues, tables, sources, claims, moves;
    std::vector<NameList> options;  ///< by issue

    /// Whether all that an expression may name has been read.
    [[nodiscard]] bool expressions_complete() const { return issues.complete && moves.complete; }
};

class Reader {
public:
    /// Begins with the problems of the syntax.
    explicit Reader(std::vector<Problem> problems) : problems_(std::move(problems)) {}

    /// Collects the names that the file declares.  False when there are more than the limits allow: then the
    /// case is not to be read.
    bool declare(const Node& root);

    [[nodiscard]] const Declared& declared() const { return declared_; }
    [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }
    [[nodiscard]] std::size_t dropped() const { return dropped_; }
    /// How many problems there are so far, those beyond the limit included.
    [[nodiscard]] std::size_t count() const { return problems_.size() + dropped_; }

    /// Reports a problem at a node.
    void complain(const Node& at, std::string message, std::string found = {}, std::string allowed = {},
                  std::string nearest = {});
    /// Reports something that should be inside `at` and is not, unless the file broke off there.
    void missing(const Node& at, std::string message, std::string allowed = {});

    /// Whether the node is a map (or list); complains if not.  An empty value is an empty map or list.
    bool is_map(const Node& node, std::string_view what);
    bool is_list(const Node& node, std::string_view what);
    /// The text of a scalar; complains and gives nothing for a list or map.
    const std::string* text(const Node& node, std::string_view what);

    /// The place in `names` of the name at `node`; complains (`unknown actor`) if it is not there.
    std::optional<std::size_t> look_up(const Node& node, const NameList& names, std::string_view what);
    /// The option of an issue; a message of its own for an option of another issue.
    std::optional<OptionId> option(const Node& node, IssueId issue);

    /// Reports key `k` of `map` as unknown; gives the known key that was probably meant, or an empty text.
    std::string unknown_key(const Node& map, std::size_t k, const std::vector<std::string>& known);
    /// Whether key `k` of `map` is the rest of a value that a comma cut (`{low: 3,5}`); if so, reports that.
    bool cut_by_comma(const Node& map, std::size_t k);

    /// Complains where a text is not fit to be an id.
    void check_id(const Node& node);
    /// The same for an option of an issue, which may be a word that has a meaning elsewhere (`none`, `all`):
    /// options are only named after their issue.
    void check_option_id(const Node& node);

private:
    std::string near(const std::string& name, const std::vector<std::string>& candidates);

    Declared declared_;
    std::vector<Problem> problems_;
    std::size_t dropped_ = 0;
    std::size_t near_work_ = 0;
};

/// Up to 60 characters of what stands at a node, for messages.
std::string shown(const Node& node);

}  // namespace steelyard::format
