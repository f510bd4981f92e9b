// SPDX-License-Identifier: Apache-2.0
// `steelyard schema`: JSON Schemas for editors and programs.
#include "steelyard/format/schema.hpp"

#include "commands.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/analysis.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kSchemaArguments{
    Argument{"WHAT", "`case`, or the name of an analysis for its options", Argument::Count::one,
             Argument::Kind::analysis, "case"},
};
constexpr std::array kSchemaFlags{
    Flag{.name = "result",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "the schema of the analysis's result instead",
         .choices = {}},
};

int run_schema(const Invocation& call, Terminal& terminal) {
    const std::string& what = call.arguments[0];
    const bool result = call.has("result");
    if (what == "case" && result)
        throw Error(ErrorKind::usage, "a case has no result; '--result' goes with the name of an analysis");
    print_json(terminal, what == "case" ? case_schema()
                         : result       ? result_schema(find_analysis(what).result())
                                        : options_schema(find_analysis(what).options()));
    return 0;
}

constexpr std::array kSchemaSamples{
    Sample{"schema case > steelyard.schema.json", "for an editor that completes and checks case files"},
    Sample{"schema frontier --result", "what the result of `frontier` looks like"},
};

}  // namespace

const Command kSchemaCommand{
    .name = "schema",
    .summary = "print a JSON Schema: of case files, of an analysis's options or result",
    .about =
        "With the YAML extension of an editor, put this line at the top of a case: "
        "`# yaml-language-server: $schema=steelyard.schema.json`.",
    .arguments = kSchemaArguments,
    .flags = kSchemaFlags,
    .samples = kSchemaSamples,
    .run = &run_schema,
};

}  // namespace steelyard::cli
