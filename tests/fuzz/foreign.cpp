// SPDX-License-Identifier: Apache-2.0
#include "foreign.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/validate.hpp"

#include <cstdlib>
#include <iostream>

namespace steelyard::fuzz {

void require(bool holds, const char* what, std::string_view text) {
    if (!holds) {
        std::cerr << what << '\n' << text << '\n';
        std::abort();
    }
}

void require_sound(const Case& subject, std::string_view text) {
    require(defects(subject).empty(), "an imported case with defects", text);
    require(read_case(write_case(subject), "again").value == subject,
            "another case after writing and reading", text);
}

std::vector<TextFile> cut(std::string_view text) {
    std::vector<TextFile> files;
    while (!text.empty()) {
        TextFile file{"fuzz", {}};
        if (text.starts_with("=== ")) {
            const std::size_t end = text.find('\n');
            file.name = text.substr(4, end == std::string_view::npos ? end : end - 4);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        const std::size_t next = text.find("\n=== ");
        const std::size_t size = next == std::string_view::npos ? text.size() : next + 1;
        file.text = text.substr(0, size);
        text.remove_prefix(size);
        files.push_back(std::move(file));
    }
    return files;
}

int import_anything(std::string_view format, const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::vector<TextFile> files = cut(text);
    for (const Reading reading : {Reading::genius, Reading::raw}) {
        if (reading == Reading::raw && !find_exchange_format(format).has_readings)
            continue;
        Case subject;
        try {
            subject = import_case(format, files, {reading}).value;
        } catch (const Error& error) {
            require(!error.problems().empty(), "an error without problems", text);
            continue;
        }
        require_sound(subject, text);
        std::vector<TextFile> exported;
        try {
            exported = export_case(format, subject, {reading}).files;
        } catch (const Error& error) {  // such as combinations of issues that are no integers
            require(!error.problems().empty(), "an error without problems", text);
            continue;
        }
        try {
            const Case back = import_case(format, exported, {reading}).value;
            require(back.issues.size() == subject.issues.size(), "issues were lost", text);
            require(back.actors.size() == subject.actors.size(), "actors were lost", text);
        } catch (const Error& error) {
            // What is written may be larger or deeper in digits than what was read.
            require(error.kind() == ErrorKind::limit || error.kind() == ErrorKind::unsupported,
                    "an export that does not import", std::string(error.what()) + '\n' + text);
        }
    }
    return 0;
}

}  // namespace steelyard::fuzz
