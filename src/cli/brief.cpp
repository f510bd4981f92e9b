// SPDX-License-Identifier: Apache-2.0
// `steelyard brief`: the answers to a case's questions, as text, page or data.
#include "steelyard/report/brief.hpp"

#include "commands.hpp"
#include "evidence_flags.hpp"
#include "files.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/report/render.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kBriefArguments{
    Argument{"CASE", "case file, or - for standard input", Argument::Count::one, Argument::Kind::file, {}},
};
constexpr Flag to_file(std::string_view name, std::string_view meaning) {
    return {.name = name, .takes = Takes::perhaps, .value = "FILE", .meaning = meaning, .choices = {}};
}
constexpr Flag kDrawsFlag{
    .name = "draws",
    .takes = Takes::a_value,
    .value = "N",
    .meaning =
        "how often all uncertain numbers are drawn together, to say how likely the answers "
        "are and what would change them; 0 leaves it out",
    .choices = {}};
constexpr std::array kBriefFlags{
    to_file("html", "write it as one self-contained page with pictures, which prints well"),
    to_file("markdown", "write it as Markdown"),
    to_file("json", "write it as JSON"),
    kDrawsFlag,
    to_file("text", "write it as text, as it is printed when no other form is asked for"),
    kSetFlag,
    kSeedFlag,
    kBudgetFlag,
    kMemoryFlag,
    kPooledFlag,
    kDiscreditFlag,
    kStoreFlag,
};

std::string text_of(std::string_view form, const report::Brief& brief, const Terminal& terminal,
                    bool to_screen) {
    if (form == "html")
        return report::to_html(brief);
    if (form == "markdown")
        return report::to_markdown(brief);
    if (form == "json")
        return to_json(to_value(brief)) + '\n';
    return report::to_terminal(brief, static_cast<int>(terminal.width()), to_screen && terminal.coloured());
}

int run_brief(const Invocation& call, Terminal& terminal) {
    LoadedCase loaded = load_case(call.arguments[0], call);
    const std::vector<std::string> said = apply_evidence(loaded, call);
    const Work work(call, terminal);
    report::BriefOptions options;
    options.case_hash = case_hash(loaded.subject);
    options.overrides = loaded.overrides;
    options.draws = read_count(call, "draws", options.draws, report::kMostDraws);
    report::Brief brief = report::make_brief(loaded.subject, options, work.context());
    brief.notes.insert(brief.notes.end(), said.begin(), said.end());
    bool written = false;
    for (const std::string_view form : {"text", "markdown", "html", "json"}) {
        for (const std::string& path : call.all(form)) {
            write_file(path, text_of(form, brief, terminal, path == "-"), terminal);
            written = true;
        }
    }
    if (!written)
        terminal.print(text_of("text", brief, terminal, true));
    return 0;
}

constexpr std::array kBriefSamples{
    Sample{"brief CASE", "print the brief"},
    Sample{"brief CASE --html brief.html", "write it as a page; it opens and prints in any browser"},
    Sample{"brief CASE --set no_deal.port=40 --markdown -", "with one number of the case replaced"},
    Sample{"brief CASE --pooled", "with the spreads that follow from readers' votes and experts' estimates"},
    Sample{"brief CASE --json | jq .answers", "as data"},
};

}  // namespace

const Command kBriefCommand{
    .name = "brief",
    .summary = "answer the questions of a case",
    .about =
        "Runs the analyses that the questions need and answers each question: first in one sentence with its "
        "number, then why, then what it rests on, then what would change it. Every output may be asked for "
        "at once.",
    .arguments = kBriefArguments,
    .flags = kBriefFlags,
    .samples = kBriefSamples,
    .run = &run_brief,
};

}  // namespace steelyard::cli
