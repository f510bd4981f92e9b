// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The cases that are served: files of folders, or the catalogue inside the program.

#include "steelyard/format/case_file.hpp"
#include "steelyard/http/server.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace steelyard::http {

/// One case as it stands now.
struct ServedCase {
    std::string
        id;  ///< of the case; where it never could be read, the file's name; unique among those served
    std::string path;  ///< for people: below the folder that was named
    std::string file;  ///< where it stands; empty for a sample
    std::string hash;  ///< SHA-256 of the text: which version it is
    std::string text;
    std::optional<CaseFile> read;   ///< absent where it has problems
    std::string case_hash;          ///< of the canonical text; empty where it has problems
    std::vector<Problem> problems;  ///< why it cannot be read
    [[nodiscard]] bool sample() const { return file.empty(); }
};

using CasePointer = std::shared_ptr<const ServedCase>;

class Library {
public:
    /// Throws `Error` (input_output) for a name that is neither a file nor a folder.
    explicit Library(const Settings& settings);

    /// Every case, as its file stands now, in the order of the names.
    std::vector<CasePointer> list();
    /// The case of that id, as its file stands now.  Throws `Error` (unknown_name).
    CasePointer find(const std::string& id);
    /// The same; throws `Error` (invalid_case) with its problems where it cannot be read.
    CasePointer find_sound(const std::string& id);
    /// Looks at every file again; the cases that have changed, appeared or gone since.
    std::vector<CasePointer> changes();

    /// Whether the server may write this case's file.
    [[nodiscard]] bool editable(const ServedCase& served) const;
    /// Whether there is a folder for new cases.
    [[nodiscard]] bool takes_new() const { return !read_only_ && !new_folder_.empty(); }

    /// Replaces the text of a case by what `change` makes of it.  Throws `Refusal`: 403 (a sample, read-only), 409
    /// (`hash` is not that of the file as it stands); `Error`: invalid_case, as `change` does, input_output.
    CasePointer change(const std::string& id, const std::string& hash,
                       const std::function<std::string(const ServedCase&)>& change);
    /// Makes a new file.  Throws `Refusal`: 403 (no folder, read-only), 409 (there is such a case or file);
    /// `Error`: invalid_case.
    CasePointer create(const std::string& text);

private:
    struct Stamp {
        std::int64_t modified = 0;
        std::int64_t size = -1;
        std::uint64_t inode = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    struct Entry {
        Stamp stamp;
        CasePointer served;
    };

    static Stamp stamp_of(const std::string& file);
    [[nodiscard]] std::map<std::string, std::string> files() const;
    // These want the lock.
    void rescan();
    CasePointer load(const std::string& file, const std::string& path);
    [[nodiscard]] std::string free_id(const std::string& wanted, const std::string& file) const;
    CasePointer current(const std::string& id);

    std::vector<std::string> named_;  ///< files and folders
    std::string new_folder_;
    bool read_only_ = false;
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;  ///< by file, or `:path` for a sample
};

}  // namespace steelyard::http
