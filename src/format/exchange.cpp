// SPDX-License-Identifier: Apache-2.0
#include "steelyard/format/exchange.hpp"

#include "exchange_formats.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/validate.hpp"

#include <algorithm>
#include <array>

namespace steelyard {

namespace {

constexpr std::array kFormats{
    ExchangeFormat{"genius", "GENIUS XML", "a domain file and a profile for each actor", "xml", true,
                   format::read_genius, format::write_genius},
    ExchangeFormat{"geniusweb", "GeniusWeb JSON", "a profile for each actor; the domain file may be left out",
                   "json", false, format::read_geniusweb, format::write_geniusweb},
    ExchangeFormat{"negmas", "NegMAS YAML", "a domain file and a profile for each actor", "yml yaml", false,
                   format::read_negmas, format::write_negmas},
    ExchangeFormat{"scoresheet", "score-sheet CSV", "one table of points", "csv", false,
                   format::read_scoresheet, format::write_scoresheet},
    ExchangeFormat{"stances", "actors-by-issues CSV", "one table of positions and saliences", "csv", false,
                   format::read_stances_file, nullptr},
    ExchangeFormat{"decide", "DECIDE", "one text file of the exchange model", "txt", false,
                   format::read_decide_file, nullptr},
    ExchangeFormat{"gmcr", "GMCR JSON", "one conflict", "gmcr", false, format::read_gmcr, format::write_gmcr},
    ExchangeFormat{"ktab", "KTAB", "one scenario of the spatial model, CSV or XML", "csv xml", false,
                   format::read_ktab_file, nullptr},
};

[[noreturn]] void refuse(ErrorKind kind, const TextFile& file, std::string message, std::string found,
                         std::string allowed) {
    throw Error(kind,
                std::vector{Problem{
                    {file.name, 1, 1, {}}, std::move(message), std::move(found), std::move(allowed), {}}});
}

/// What no format allows.
void check_file(const TextFile& file) {
    if (file.text.size() > ExchangeLimits::bytes)
        refuse(ErrorKind::limit, file, "the file is too large", std::to_string(file.text.size()) + " bytes",
               "at most " + std::to_string(ExchangeLimits::bytes / 1024 / 1024) + " MiB");
    for (const std::string_view archive : {"PK\x03\x04", "\x1F\x8B", "BZh", "7z\xBC\xAF",
                                           ("\xFD"
                                            "7zXZ"),
                                           "Rar!"}) {
        if (std::string_view(file.text).starts_with(archive))
            refuse(ErrorKind::unsupported, file, "the file is an archive", {},
                   "the files inside it, unpacked");
    }
    if (file.text.find('\0') != std::string::npos)
        refuse(ErrorKind::invalid_case, file, "the file is no text: it contains NUL bytes", {}, "UTF-8 text");
}

}  // namespace

std::span<const ExchangeFormat> exchange_formats() {
    return kFormats;
}

const ExchangeFormat& find_exchange_format(std::string_view name) {
    const auto* const found = std::ranges::find(kFormats, name, &ExchangeFormat::name);
    if (found != kFormats.end())
        return *found;
    std::vector<std::string> names;
    for (const ExchangeFormat& format : kFormats)
        names.emplace_back(format.name);
    throw Error(
        ErrorKind::unknown_name,
        std::vector{Problem{
            {}, "unknown file format", std::string(name), join_names(names), nearest_name(name, names)}});
}

Imported import_case(std::string_view format_name, std::span<const TextFile> files,
                     const ExchangeOptions& options) {
    const ExchangeFormat& format = find_exchange_format(format_name);
    if (files.empty() || files.size() > ExchangeLimits::files)
        throw Error(ErrorKind::usage, std::vector{Problem{{},
                                                          "an import needs files",
                                                          std::to_string(files.size()),
                                                          "1 to " + std::to_string(ExchangeLimits::files) +
                                                              ": " + std::string(format.files),
                                                          {}}});
    std::ranges::for_each(files, check_file);
    Imported result = format.read(files, options);
    // What a case file could not hold is refused here, not when somebody has written and lost it.
    try {
        result.value = read_case(write_case(result.value), "the imported case").value;
    } catch (const Error& error) {
        std::vector<Problem> problems = error.problems();
        for (Problem& problem : problems)
            problem.place.file = files.front().name + " as a case";
        throw Error(ErrorKind::limit, std::move(problems));
    }
    return result;
}

Exported export_case(std::string_view format_name, const Case& subject, const ExchangeOptions& options) {
    const ExchangeFormat& format = find_exchange_format(format_name);
    if (format.write == nullptr) {
        std::vector<std::string> written;
        for (const ExchangeFormat& each : kFormats) {
            if (each.write != nullptr)
                written.emplace_back(each.name);
        }
        throw Error(ErrorKind::unsupported, std::vector{Problem{{},
                                                                "this format is only read, not written",
                                                                std::string(format_name),
                                                                join_names(written),
                                                                {}}});
    }
    return format.write(subject, options);
}

}  // namespace steelyard
