// SPDX-License-Identifier: Apache-2.0
// The tables of positions and saliences as rows of the table of foreign formats.
#include "exchange_formats.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "xml.hpp"

#include <utility>

namespace steelyard::format {

namespace {

const TextFile& only(std::span<const TextFile> files) {
    if (files.size() != 1)
        throw Error(ErrorKind::usage, "this format is one file");
    return files.front();
}

Imported finish(ImportedCase given) {
    Imported result{std::move(given.subject), std::move(given.notes)};
    const auto* options = given.options.get<Value::Map>();
    if (options != nullptr && !options->empty())
        result.notes.push_back("the file states options of the analysis `spatial`: " +
                               to_json(given.options, 0));
    return result;
}

}  // namespace

Imported read_stances_file(std::span<const TextFile> files, const ExchangeOptions&) {
    const TextFile& file = only(files);
    return finish(read_stance_csv(file.text, file.name));
}

Imported read_decide_file(std::span<const TextFile> files, const ExchangeOptions&) {
    const TextFile& file = only(files);
    return finish(read_decide(file.text, file.name));
}

Imported read_ktab_file(std::span<const TextFile> files, const ExchangeOptions&) {
    const TextFile& file = only(files);
    const std::size_t begin = file.text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (begin == std::string::npos || file.text[begin] != '<')
        return finish(read_ktab_csv(file.text, file.name));
    read_xml(file.text, file.name);  // refuses entities, document types and passed limits
    return finish(read_ktab_xml(file.text, file.name));
}

}  // namespace steelyard::format
