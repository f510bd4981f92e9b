// SPDX-License-Identifier: Apache-2.0
// `steelyard import`, `export` and `template`: other programs' files.
#include "steelyard/format/exchange.hpp"

#include "commands.hpp"
#include "files.hpp"
#include "steelyard/format/json.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

std::string names_of(const std::span<const ExchangeFormat> formats, bool written) {
    std::string names;
    for (const ExchangeFormat& format : formats) {
        if (format.write != nullptr || !written)
            names += (names.empty() ? "" : " ") + std::string(format.name);
    }
    return names;
}

std::string names_of_readings() {
    std::string names;
    for (const auto& choice : choices_of(Reading{}))
        names += (names.empty() ? "" : " ") + std::string(choice.name);
    return names;
}

// From the table, so that a new format is known here without a word.
const std::string kRead = names_of(exchange_formats(), false);
const std::string kWritten = names_of(exchange_formats(), true);
const std::string kReadings = names_of_readings();

ExchangeOptions options_of(const Invocation& call, const ExchangeFormat& format) {
    ExchangeOptions options;
    const auto name = call.get("reading");
    if (!name)
        return options;
    if (!format.has_readings)
        throw Error(ErrorKind::usage, "'--reading' is for formats that programs read differently, and '" +
                                          std::string(format.name) + "' is none");
    for (const auto& choice : choices_of(Reading{})) {
        if (choice.name == *name) {
            options.reading = choice.value;
            return options;
        }
    }
    throw Error(ErrorKind::invalid_option,
                std::vector{Problem{{}, "flag '--reading' is not valid", *name, kReadings, {}}});
}

Value texts(const std::vector<std::string>& lines) {
    Value::List list;
    for (const std::string& line : lines)
        list.emplace_back(line);
    return Value(std::move(list));
}

/// Notes as the first lines of a case file, so that they stay with it.
std::string commented(const std::vector<std::string>& notes) {
    std::string text;
    for (std::string note : notes) {
        std::ranges::replace_if(note, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
        text += "# " + note + '\n';
    }
    return text.empty() ? text : text + '\n';
}

void print_notes(const std::vector<std::string>& notes, Terminal& terminal) {
    for (const std::string& note : notes)
        terminal.line("note: " + note);
}

std::string counted(std::size_t count, std::string_view thing) {
    return std::to_string(count) + ' ' + std::string(thing) + (count == 1 ? "" : "s");
}

// ---- import -----------------------------------------------------------------------------------------

int run_import(const Invocation& call, Terminal& terminal) {
    const ExchangeFormat& format = find_exchange_format(call.arguments[0]);
    const ExchangeOptions options = options_of(call, format);
    std::vector<TextFile> files;
    for (std::size_t k = 1; k < call.arguments.size(); ++k)
        files.push_back({call.arguments[k], read_file(call.arguments[k])});
    const Imported result = import_case(format.name, files, options);
    const std::string text = commented(result.notes) + write_case(result.value);
    const auto output = call.get("output");
    if (output)
        write_file(*output, text, terminal);
    if (call.json) {
        print_json(terminal,
                   Value(Value::Map{{"case", case_to_tree(result.value)}, {"notes", texts(result.notes)}}));
    } else if (!output) {
        terminal.print(text);
    } else if (*output != "-") {
        terminal.line(*output + ": " + counted(result.value.actors.size(), "actor") + ", " +
                      counted(result.value.issues.size(), "issue"));
        print_notes(result.notes, terminal);
    }
    return 0;
}

const std::array kImportArguments{
    Argument{"FORMAT", "the format of the files", Argument::Count::one, Argument::Kind::word, kRead},
    Argument{"FILE",
             "the files of one negotiation; actors in their order",
             Argument::Count::many,
             Argument::Kind::file,
             {}},
};
const std::array kImportFlags{
    Flag{.name = "output",
         .takes = Takes::a_value,
         .value = "FILE",
         .meaning = "write the case to this file; left out, it is printed",
         .choices = {},
         .letter = 'o'},
    Flag{.name = "reading",
         .takes = Takes::a_value,
         .value = "NAME",
         .meaning = "GENIUS: points as GENIUS computes them, or weight x evaluation as typed",
         .choices = kReadings},
};
constexpr std::array kImportSamples{
    Sample{"import genius domain.xml seller.xml buyer.xml -o case.yaml", "a GENIUS domain with two profiles"},
    Sample{"import scoresheet points.csv | steelyard brief -", "a score sheet, straight into a brief"},
};

// ---- export -----------------------------------------------------------------------------------------

int run_export(const Invocation& call, Terminal& terminal) {
    const ExchangeFormat& format = find_exchange_format(call.arguments[0]);
    const ExchangeOptions options = options_of(call, format);
    const LoadedCase loaded = load_case(call.arguments[1], call);
    const Exported result = export_case(format.name, loaded.subject, options);
    const auto folder = call.get("output");
    if (!folder && !call.json && result.files.size() != 1)
        throw Error(ErrorKind::usage, std::to_string(result.files.size()) +
                                          " files are to be written; say where with '--output FOLDER'");
    if (folder) {
        make_folder(*folder);
        for (const TextFile& file : result.files)
            write_file(*folder + '/' + file.name, file.text, terminal);
    }
    if (call.json) {
        Value::List files;
        for (const TextFile& file : result.files)
            files.emplace_back(Value::Map{{"name", Value(file.name)}, {"text", Value(file.text)}});
        print_json(terminal,
                   Value(Value::Map{{"files", Value(std::move(files))}, {"notes", texts(result.notes)}}));
    } else if (!folder) {
        terminal.print(result.files.front().text);
    } else {
        for (const TextFile& file : result.files)
            terminal.line(*folder + '/' + file.name);
        print_notes(result.notes, terminal);
    }
    return 0;
}

const std::array kExportArguments{
    Argument{"FORMAT", "the format to write", Argument::Count::one, Argument::Kind::word, kWritten},
    Argument{"CASE", "a case file, or - for standard input", Argument::Count::one, Argument::Kind::file, {}},
};
const std::array kExportFlags{
    Flag{.name = "output",
         .takes = Takes::a_value,
         .value = "FOLDER",
         .meaning = "write the files into this folder; left out, a single file is printed",
         .choices = {},
         .letter = 'o'},
    kImportFlags[1],
    kSetFlag,
};
constexpr std::array kExportSamples{
    Sample{"export genius CASE -o folder", "a domain and a profile for each actor"},
    Sample{"export scoresheet CASE > points.csv", "a table for a spreadsheet"},
};

// ---- template ---------------------------------------------------------------------------------------

int run_template(const Invocation& call, Terminal& terminal) {
    const std::string& kind = call.arguments[0];
    if (kind != "scoresheet")
        throw Error(ErrorKind::unknown_name,
                    std::vector{Problem{{}, "there is no such template", kind, "scoresheet", {}}});
    std::vector<std::string> actors;
    for (const std::string& list : call.all("actors")) {
        std::size_t begin = 0;
        for (std::size_t comma = 0; comma != std::string::npos; begin = comma + 1) {
            comma = list.find(',', begin);
            actors.push_back(list.substr(begin, comma == std::string::npos ? comma : comma - begin));
        }
    }
    const std::string text = scoresheet_template(actors);
    if (call.json)
        print_json(terminal, Value(Value::Map{{"text", Value(text)}}));
    else
        write_file(call.get("output").value_or("-"), text, terminal);
    return 0;
}

constexpr std::array kTemplateArguments{
    Argument{"WHAT", "what to fill in", Argument::Count::one, Argument::Kind::word, "scoresheet"},
};
constexpr std::array kTemplateFlags{
    Flag{.name = "actors",
         .takes = Takes::a_value,
         .value = "A,B",
         .meaning = "the actors' names; several: with commas, or by repeating the flag",
         .choices = {}},
    Flag{.name = "output",
         .takes = Takes::a_value,
         .value = "FILE",
         .meaning = "write it to this file; left out, it is printed",
         .choices = {},
         .letter = 'o'},
};
constexpr std::array kTemplateSamples{
    Sample{"template scoresheet --actors port,union -o points.csv", "a sheet to fill in with a spreadsheet"},
};

}  // namespace

const Command kImportCommand{
    .name = "import",
    .summary = "read other programs' files into a case",
    .about =
        "What was rounded or left out, and how the files were read, stands in comments at the top of the "
        "case. "
        "Numbers stay exact. What a case cannot express is an error that names it.",
    .arguments = kImportArguments,
    .flags = kImportFlags,
    .samples = kImportSamples,
    .run = &run_import,
};

const Command kExportCommand{
    .name = "export",
    .summary = "write a case as other programs' files",
    .about =
        "What would change the meaning if it were left out (rules, obligations, several tables) is an error; "
        "what "
        "is only lost is noted. Importing the files gives the case back as far as the format carries it.",
    .arguments = kExportArguments,
    .flags = kExportFlags,
    .samples = kExportSamples,
    .run = &run_export,
};

const Command kTemplateCommand{
    .name = "template",
    .summary = "print a score sheet to fill in",
    .about = "Replace issues and options by your own, give every cell a number, and import it.",
    .arguments = kTemplateArguments,
    .flags = kTemplateFlags,
    .samples = kTemplateSamples,
    .run = &run_template,
};

}  // namespace steelyard::cli
