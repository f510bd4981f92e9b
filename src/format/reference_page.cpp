// SPDX-License-Identifier: Apache-2.0
#include "case_keys.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/schema.hpp"

#include <fmt/format.h>

namespace steelyard {

namespace {

using format::Glossary;

constexpr std::string_view kIntroduction = R"(# The case format

<!-- Printed by the program from the tables that its reader uses. Do not edit. -->

A case is one YAML file, UTF-8, with the ending `.yaml`; the same in JSON (`.json`) reads as well. The key decides what a
value means, so `no` is a text where a text is due, and dates and numbers need no quotes. Quotes are needed around a text
that contains `: ` or ` #`, and between brackets around one that contains a comma.

A small case:

```yaml
steelyard: 1
case: lease
actors:
  owner:  {name: Owner}
  tenant: {name: Tenant}
issues:
  rent:  {options: {low: 0, middle: 40, high: 100}, status_quo: low}
  years: {options: [one, five, ten]}
preferences:
  owner:
    no_deal: 20
    points: {rent: {low: 0, middle: 30, high: 60}, years: {one: 0, five: 20..30, ten: 40}}
  tenant:
    no_deal: 30
    points: {rent: {low: 60, middle: 25, high: 0}, years: {one: 40, five: 30, ten: 0}}
```

Sections may stand in any order. Ids are declared once, in the section of their kind, and referred to everywhere. An id is a
lower-case letter followed by letters, digits, `_` or `-`; the words and, or, not, if, iff, none and all are taken, except
as options. Unknown keys are errors. Every problem of a file is reported at once, with its line and column.
)";

constexpr std::string_view kNumbers = R"(
## Numbers

Wherever a number may stand, so may any of these:

| as typed | means |
|---|---|
| `70`, `-3.5`, `1e3`, `1/3` | exactly this, kept as a fraction: 0.1 is one tenth |
| `55..85` | every value between equally likely |
| `{low: 55, best: 70, high: 85}` | an expert's three-point estimate |
| `{value: 70, spread: 10}` | 70, give or take 10 |
| `{normal: [70, 8]}` and the like | a distribution |

Analyses that need one number take the exact value, the best estimate, the value, the mode of a triangular distribution, or
the mean of any other. *Exact number* means the first line only.
)";

constexpr std::string_view kCombinations = R"(
## Combinations

`{issue: option}` holds for deals that take that option; `{issue: [one, another]}` for deals that take one of them. With
several issues all must hold.
)";

/// A cell of a Markdown table, where a bar would end it.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

void add_page(std::string& text, const Glossary::Page& page, std::string_view level) {
    text += fmt::format("\n{} {}\n\n", level, page.name);
    if (page.words) {
        text += "| word | meaning |\n|---|---|\n";
        for (const Glossary::Row& row : page.rows)
            text += fmt::format("| `{}` | {} |\n", row.key, cell(row.meaning));
        return;
    }
    text += fmt::format("{}\n\n| key | what may stand there | meaning |\n|---|---|---|\n", page.meaning);
    for (const Glossary::Row& row : page.rows) {
        text += fmt::format("| `{}`{} | {} | {} |\n", row.key, row.required ? " (required)" : "",
                            cell(row.words), cell(row.meaning));
    }
}

std::string limits() {
    return fmt::format(R"(
## Limits

A file may have at most {} MiB, {} levels of lists and maps inside each other, {} values, {} entries in one list or map,
{} actors, {} issues, {} options and ids of {} characters. Anchors, aliases, tags, a second document and keys that stand
twice are refused: each of them makes a file mean something else than it shows.
)",
                       CaseLimits::bytes / 1024 / 1024, CaseLimits::depth, CaseLimits::values,
                       CaseLimits::entries, CaseLimits::actors, CaseLimits::issues, CaseLimits::options,
                       CaseLimits::id_characters);
}

}  // namespace

std::string case_format_page() {
    Glossary glossary;
    format::Codec<Case>::form(glossary);
    std::string text(kIntroduction);
    std::string numbers(kNumbers);
    std::string rest;
    for (const Glossary::Page& page : glossary.pages()) {
        if (page.name == format::Keys<Case>::name)
            add_page(text, page, "##");
        else if (page.name == format::Keys<format::NumberEntry>::name)
            add_page(numbers, page, "###");
        else
            add_page(rest, page, "##");
    }
    return text + numbers + std::string(kCombinations) + rest + limits();
}

}  // namespace steelyard
