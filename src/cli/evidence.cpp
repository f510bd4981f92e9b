// SPDX-License-Identifier: Apache-2.0
// `steelyard evidence`: the texts of a folder matched to the case's sources, every claim re-read.
#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/registry/arguments.hpp"
#include "work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace steelyard::cli {

namespace {

constexpr std::array kEvidenceArguments{
    Argument{"CASE", "case file, or - for standard input", Argument::Count::one, Argument::Kind::file, {}},
};
constexpr std::array kEvidenceFlags{
    Flag{.name = "sources",
         .takes = Takes::a_value,
         .value = "DIR",
         .meaning = "folder with the texts of the sources: found by SHA-256, otherwise by the name ID.txt",
         .choices = {}},
    Flag{.name = "source",
         .takes = Takes::a_value,
         .value = "ID",
         .meaning = "also show what falls if this source is discredited",
         .choices = {}},
    Flag{.name = "stale-after",
         .takes = Takes::a_value,
         .value = "DAYS",
         .meaning = "call claims stale that are older than this before the case's date",
         .choices = {}},
    kSetFlag,
};

/// The text found for a source, and how.
struct Match {
    std::string source;
    std::string path;
    bool by_hash = false;
    std::string text;
};

/// One text for each source where the folder has one: the file with its SHA-256, otherwise the file ID.txt.
std::vector<Match> match_sources(const Case& subject, const std::string& folder) {
    std::vector<Match> files;
    for (const std::string& path : list_folder(folder)) {
        std::string text = read_file(path);
        files.push_back({sha256(text), path, false, std::move(text)});
    }
    std::vector<Match> matches;
    for (const Source& source : subject.sources) {
        const auto by_hash =
            source.sha256.empty() ? files.end() : std::ranges::find(files, source.sha256, &Match::source);
        const auto by_name = std::ranges::find_if(files, [&](const Match& file) {
            return std::filesystem::path(file.path).filename() == source.id + ".txt";
        });
        const auto found = by_hash != files.end() ? by_hash : by_name;
        if (found != files.end())
            matches.push_back({source.id, found->path, by_hash != files.end(), found->text});
    }
    return matches;
}

const Value::List& list_of(const Value& result, std::string_view name) {
    return *result.find(name)->get<Value::List>();
}

std::string text_of(const Value& record, std::string_view name) {
    return inline_text(*record.find(name));
}

/// "claims" in red when there are some.
void show_count(std::string_view what, const Value::List& items, Ink ink, Terminal& terminal) {
    terminal.line(std::string(what) + ": " +
                  terminal.ink(items.empty() ? Ink::plain : ink, std::to_string(items.size())));
}

/// The first of a list, one a line.
void show_some(std::string_view what, const Value::List& items, Terminal& terminal) {
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < std::min(items.size(), most); ++i)
        terminal.line("  " + std::string(what) + ' ' + inline_text(items[i]));
    if (items.size() > most)
        terminal.line(fmt::format("  and {} more {} (--json lists all)", items.size() - most, what));
}

void show_coverage(const Value& coverage, Terminal& terminal) {
    const auto share = [&](std::string_view name) {
        return fmt::format("{:.0f} %", *coverage.find(name)->number());
    };
    terminal.line(terminal.ink(Ink::strong, "What the numbers rest on"));
    terminal.line(text_of(coverage, "numbers") + " numbers: " + share("claimed_share") +
                  " rest on a claim, " + share("assumed_share") + " are marked as assumptions (" +
                  text_of(coverage, "assumed_only") + " of them lean on no claim), " +
                  text_of(coverage, "unsourced") + " have neither.");
}

void show(const Value& result, const std::vector<Match>& matches, Terminal& terminal) {
    terminal.line(terminal.ink(Ink::strong, "Sources"));
    if (list_of(result, "sources").empty())
        terminal.line("  the case has none");
    for (const Value& source : list_of(result, "sources")) {
        const std::string id = text_of(source, "source");
        const auto match = std::ranges::find(matches, id, &Match::source);
        const std::string text = text_of(source, "text");
        std::string line = "  " + id + ": ";
        if (match == matches.end())
            line += "no text given";
        else
            line += match->path + (match->by_hash ? ", by its SHA-256" : ", by its name");
        if (text == "differs")
            line += terminal.ink(Ink::bad, "; it is not the text the case was read from");
        if (text == "unhashed")
            line += "; the case does not state its SHA-256";
        terminal.line(line);
    }
    terminal.line();
    terminal.line(terminal.ink(Ink::strong, "Claims"));
    std::array<std::pair<std::string_view, int>, 5> counts{
        {{"verified", 0}, {"orphan", 0}, {"unpinned", 0}, {"no_text", 0}, {"no_place", 0}}};
    for (const Value& claim : list_of(result, "claims"))
        ++std::ranges::find(counts, text_of(claim, "status"), &std::pair<std::string_view, int>::first)
              ->second;
    terminal.line(fmt::format(
        "{} verified, {} orphaned, {} without hash or quote, {} without the source's text, "
        "{} without a place",
        counts[0].second, counts[1].second, counts[2].second, counts[3].second, counts[4].second));
    for (const Value& claim : list_of(result, "claims")) {
        if (text_of(claim, "status") == "orphan")
            terminal.line("  " + terminal.ink(Ink::bad, "orphan ") + text_of(claim, "claim") + ": " +
                          text_of(claim, "problem"));
    }
    for (const Value& claim : list_of(result, "stale"))
        terminal.line("  stale " + text_of(claim, "claim") + ": " + text_of(claim, "why"));
    terminal.line();
    show_coverage(*result.find("coverage"), terminal);
    show_some("unsourced", list_of(result, "unsourced"), terminal);
    show_count("Numbers whose claims all have one origin", list_of(result, "single_origin"), Ink::plain,
               terminal);
    show_count("Claims that another one contradicts", list_of(result, "contradicted"), Ink::plain, terminal);
    show_count("Claims that nothing rests on", list_of(result, "unused"), Ink::plain, terminal);
    const Value& fall = *result.find("fall");
    if (fall.is_null())
        return;
    terminal.line();
    terminal.line(terminal.ink(Ink::strong, "If " + text_of(fall, "source") + " falls"));
    terminal.line(fmt::format("{} claims fall, {} numbers lose every claim, {} keep one from another source",
                              list_of(fall, "claims").size(), list_of(fall, "lost").size(),
                              list_of(fall, "weakened").size()));
    show_some("lost", list_of(fall, "lost"), terminal);
    show_some("weakened", list_of(fall, "weakened"), terminal);
}

int run_evidence(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(call.arguments[0], call);
    std::vector<Match> matches;
    if (const auto folder = call.get("sources"))
        matches = match_sources(loaded.subject, *folder);
    Value::Map texts;
    for (const Match& match : matches)
        texts.emplace_back(match.source, Value(match.text));
    Value::Map arguments{{"texts", Value(std::move(texts))},
                         {"source", Value(call.get("source").value_or(""))}};
    if (const auto days = call.get("stale-after"))
        arguments.emplace_back("stale_after", Value(*days));
    const Work work(call, terminal);
    const Run run = steelyard::run("evidence", loaded.subject, Value(std::move(arguments)), work.context(),
                                   loaded.overrides);
    if (call.json)
        print_json(terminal, to_tree(run));
    else
        show(run.result, matches, terminal);
    return list_of(run.result, "orphans").empty() ? 0 : kNegativeFinding;
}

constexpr std::array kEvidenceSamples{
    Sample{"evidence CASE --sources articles/",
           "re-read every place that a claim names; exit code 1 for orphans"},
    Sample{"evidence CASE --source gazette", "every number that falls if the gazette is discredited"},
    Sample{"evidence CASE --json",
           "the whole index: number to claims to places, and source to claims to numbers"},
};

}  // namespace

const Command kEvidenceCommand{
    .name = "evidence",
    .summary = "check every claim against its source, and say what each number rests on",
    .about =
        "A claim whose place does not hold its words to the letter is an orphan: it is shown as such and "
        "never "
        "moved to a look-alike.",
    .arguments = kEvidenceArguments,
    .flags = kEvidenceFlags,
    .samples = kEvidenceSamples,
    .run = &run_evidence,
};

}  // namespace steelyard::cli
