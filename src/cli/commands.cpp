// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include "steelyard/registry/analysis.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

namespace steelyard::cli {

namespace {

constexpr std::array kCommonFlags{
    Flag{.name = "json",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "print the answer, and errors, as JSON",
         .choices = {}},
    Flag{.name = "color",
         .takes = Takes::a_value,
         .value = "WHEN",
         .meaning = "colour the output; auto: on a terminal, unless NO_COLOR is set",
         .choices = "auto always never"},
    Flag{.name = "help",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "explain the command",
         .choices = {}},
};

/// What the value of an option is called in help.
std::string_view value_name(const Shape& shape) {
    if (shape.document)
        return "FILE";
    switch (shape.kind) {
        case ShapeKind::integer:
            return "N";
        case ShapeKind::number:
            return "X";
        case ShapeKind::choice:
            return "NAME";
        case ShapeKind::list:
            return "A,B";
        case ShapeKind::map:
            return shape.item->document ? "NAME=FILE" : "NAME=VALUE";
        default:
            return "TEXT";
    }
}

std::string number_text(double number) {
    return Rational::nearest(number).text();
}

/// The default, unit and bounds of an option, in brackets.
std::string facts(const FieldShape& option) {
    std::vector<std::string> facts;
    if (!option.unit.empty())
        facts.emplace_back(option.unit);
    if (option.bounds.low && option.bounds.high)
        facts.push_back(number_text(*option.bounds.low) + " to " + number_text(*option.bounds.high));
    else if (option.bounds.low)
        facts.push_back("at least " + number_text(*option.bounds.low));
    else if (option.bounds.high)
        facts.push_back("at most " + number_text(*option.bounds.high));
    if (const auto number = option.fallback.number())
        facts.push_back("default " + number_text(*number));
    if (const auto* text = option.fallback.get<std::string>();
        text != nullptr && !text->empty() && !option.shape.document)
        facts.push_back("default " + *text);
    const bool repeats = option.shape.kind == ShapeKind::list || option.shape.kind == ShapeKind::map;
    if (repeats)
        facts.emplace_back("several: with commas, or by repeating the flag");
    std::string text;
    for (const std::string& fact : facts)
        text += (text.empty() ? " (" : "; ") + fact;
    return text.empty() ? text : text + ')';
}

std::string names_of(const Shape& shape) {
    const Shape& inner = shape.item ? *shape.item : shape;
    std::string names;
    for (const auto& [name, unused] : inner.choices)
        names += (names.empty() ? "" : " ") + std::string(name);
    return names;
}

/// Texts that flags made at run time point to.
std::string_view keep(std::string text) {
    static std::deque<std::string> kept;
    return kept.emplace_back(std::move(text));
}

}  // namespace

std::span<const Command> commands() {
    static const std::array all{
        kBriefCommand,     kServeCommand,    kRunCommand,      kAnalysesCommand,   kDescribeCommand,
        kCheckCommand,     kEvidenceCommand, kCiteCommand,     kBacktestCommand,   kFitCommand,
        kVoteCommand,      kEstimateCommand, kPanelCommand,    kPoolCommand,       kSaveCommand,
        kResolveCommand,   kScoreCommand,    kStoreCommand,    kAccountCommand,    kSchemaCommand,
        kImportCommand,    kExportCommand,   kTemplateCommand, kCompletionCommand, kManCommand,
        kReferenceCommand,
    };
    return all;
}

std::span<const Flag> common_flags() {
    return kCommonFlags;
}

std::vector<Flag> flags_of(const Command& command) {
    std::vector<Flag> flags(command.flags.begin(), command.flags.end());
    for (const Flag& flag : common_flags()) {
        if (std::ranges::find(command.flags, flag.name, &Flag::name) == command.flags.end())
            flags.push_back(flag);
    }
    return flags;
}

std::vector<Flag> option_flags(std::string_view analysis) {
    static std::map<std::string, std::vector<Flag>, std::less<>> made;
    if (const auto known = made.find(analysis); known != made.end())
        return known->second;
    std::vector<Flag>& flags = made[std::string(analysis)];
    for (const FieldShape& option : find_analysis(analysis).options()) {
        std::string name(option.name);
        std::ranges::replace(name, '_', '-');
        const bool truth = option.shape.kind == ShapeKind::boolean;
        flags.push_back({.name = keep(std::move(name)),
                         .takes = truth ? Takes::nothing : Takes::a_value,
                         .value = truth ? "" : value_name(option.shape),
                         .meaning = keep(std::string(option.meaning) + facts(option)),
                         .choices = keep(names_of(option.shape)),
                         .negatable = truth});
    }
    return flags;
}

std::string option_name(std::string_view flag) {
    std::string name(flag);
    std::ranges::replace(name, '-', '_');
    return name;
}

}  // namespace steelyard::cli
