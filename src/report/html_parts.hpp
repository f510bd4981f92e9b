// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Pieces of the page.

#include "steelyard/report/brief.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::report {

/// The brief's claims as the page's numbered footnotes.
class ClaimRegister {
public:
    explicit ClaimRegister(const Brief& brief) : claims_(brief.claims) {}
    /// `[12]`, a link to the register.
    [[nodiscard]] std::string link(std::string_view claim) const;
    /// A list item; in the register itself (`anchor`) it carries the id that links point to.
    [[nodiscard]] std::string item(const Reference& claim, bool anchor) const;

private:
    [[nodiscard]] std::size_t number(std::string_view claim) const;
    const std::vector<Reference>& claims_;
};

/// A list of escaped texts; empty for no items.
std::string list_html(const std::vector<std::string>& items, std::string_view style);

/// A table that scrolls by itself where the page is narrow.
std::string table_html(const FactTable& table);

/// A picture with heading, caption and the data behind it; empty for an empty picture.
std::string figure_html(std::string_view title, const std::string& svg, std::string_view caption,
                        const std::vector<FactTable>& data);

/// The pictures of an answer's part; `id` is unique on the page.
std::string part_figures(const Brief& brief, const AnswerPart& part, const std::string& id);

std::string source_html(const SourceNote& source);
std::string people_html(const Brief& brief);

/// The section on what would change the answers; empty without draws.
std::string uncertain_html(const Brief& brief, const ClaimRegister& claims);

/// The section of pictures: each table's deals and gains, and the heat map.
std::string pictures_html(const Brief& brief);

}  // namespace steelyard::report
