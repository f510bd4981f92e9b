// SPDX-License-Identifier: Apache-2.0
#include "library.hpp"

#include "embedded.hpp"
#include "message.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/files/files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace steelyard::http {

namespace fs = std::filesystem;

namespace {

/// Folders inside a served folder are looked into so deep, and no more files than this are served.
constexpr int kDepth = 4;
constexpr std::size_t kMostFiles = 2000;

bool is_case_file(const fs::path& path) {
    const std::string name = path.filename().string();
    return !name.starts_with('.') && (name.ends_with(".yaml") || name.ends_with(".yml"));
}

void add_folder(const fs::path& folder, std::map<std::string, std::string>& files) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error),
         end;
         !error && entry != end && files.size() < kMostFiles; entry.increment(error)) {
        std::error_code ignored;
        const bool hidden = entry->path().filename().string().starts_with('.');
        if (entry->is_directory(ignored) && (hidden || entry.depth() + 1 >= kDepth))
            entry.disable_recursion_pending();
        else if (entry->is_regular_file(ignored) && is_case_file(entry->path()))
            files.emplace(entry->path().string(), entry->path().lexically_relative(folder).generic_string());
    }
}

ServedCase read_served(std::string text, const std::string& path) {
    ServedCase served;
    served.path = path;
    served.hash = sha256(text);
    served.text = text;
    try {
        served.read = read_case(std::move(text), path);
        served.case_hash = case_hash(served.read->value);
        served.id = served.read->value.id;
    } catch (const Error& error) {
        served.problems = error.problems();
        served.id = fs::path(path).stem().string();
    }
    return served;
}

/// The name of a new case's file: what is neither letter, digit nor dash becomes a dash.
std::string file_name(const std::string& id) {
    std::string name = id;
    std::ranges::replace_if(
        name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)) && c != '_'; }, '-');
    return name + ".yaml";
}

}  // namespace

Library::Library(const Settings& settings) : named_(settings.cases), read_only_(settings.read_only) {
    for (const std::string& name : named_) {
        std::error_code ignored;
        if (fs::is_directory(name, ignored)) {
            if (new_folder_.empty())
                new_folder_ = name;
        } else if (!fs::exists(name, ignored)) {
            throw Error(
                ErrorKind::input_output,
                std::vector{Problem{Place{name, 0, 0, {}}, "there is no such file or folder", {}, {}, {}}});
        }
    }
    const std::scoped_lock lock(mutex_);
    if (named_.empty()) {
        for (const EmbeddedFile& sample : embedded_cases()) {
            ServedCase served = read_served(std::string(sample.bytes), std::string(sample.path));
            served.id = free_id(served.id, "");
            const std::string key = ':' + served.path;
            entries_[key] = {{}, std::make_shared<const ServedCase>(std::move(served))};
        }
    }
    rescan();
}

std::map<std::string, std::string> Library::files() const {
    std::map<std::string, std::string> files;
    for (const std::string& name : named_) {
        std::error_code ignored;
        if (fs::is_directory(name, ignored))
            add_folder(name, files);
        else
            files.emplace(name, fs::path(name).filename().string());
    }
    return files;
}

Library::Stamp Library::stamp_of(const std::string& file) {
    struct stat found{};
    if (::stat(file.c_str(), &found) != 0)
        return {};
    return {found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec, found.st_size, found.st_ino};
}

std::string Library::free_id(const std::string& wanted, const std::string& file) const {
    std::string id = wanted;
    const auto taken = [&] {
        return std::ranges::any_of(entries_, [&](const auto& each) {
            return each.first != file && each.second.served != nullptr && each.second.served->id == id;
        });
    };
    for (int number = 2; taken(); ++number)
        id = wanted + '~' + std::to_string(number);
    return id;
}

CasePointer Library::load(const std::string& file, const std::string& path) {
    const Stamp stamp = stamp_of(file);
    Entry& entry = entries_[file];
    if (entry.served != nullptr && entry.stamp == stamp)
        return entry.served;
    ServedCase served;
    try {
        served = read_served(read_file(file, CaseLimits::bytes), path);
    } catch (const Error& error) {
        served.path = path;
        served.id = fs::path(path).stem().string();
        served.problems = error.problems();
    }
    served.file = file;
    const bool keeps = !served.read && entry.served != nullptr;  // a slip of the pen does not rename a case
    served.id = keeps ? entry.served->id : free_id(served.id, file);
    entry = {stamp, std::make_shared<const ServedCase>(std::move(served))};
    return entry.served;
}

void Library::rescan() {
    const auto present = files();
    std::erase_if(entries_, [&](const auto& each) {
        return !each.first.starts_with(':') && !present.contains(each.first);
    });
    for (const auto& [file, path] : present)
        load(file, path);
}

std::vector<CasePointer> Library::list() {
    const std::scoped_lock lock(mutex_);
    rescan();
    std::vector<CasePointer> all;
    for (const auto& [file, entry] : entries_)
        all.push_back(entry.served);
    return all;
}

CasePointer Library::current(const std::string& id) {
    const auto has_id = [&](const auto& each) { return each.second.served->id == id; };
    auto found = std::ranges::find_if(entries_, has_id);
    if (found == entries_.end()) {
        rescan();  // perhaps it is new
        found = std::ranges::find_if(entries_, has_id);
    }
    if (found == entries_.end()) {
        std::vector<std::string> known;
        for (const auto& [file, entry] : entries_)
            known.push_back(entry.served->id);
        throw Error(ErrorKind::unknown_name,
                    std::vector{Problem{
                        {}, "no such case is served", id, join_names(known), nearest_name(id, known)}});
    }
    if (found->second.served->sample())
        return found->second.served;
    return load(found->first, found->second.served->path);
}

CasePointer Library::find(const std::string& id) {
    const std::scoped_lock lock(mutex_);
    return current(id);
}

CasePointer Library::find_sound(const std::string& id) {
    CasePointer served = find(id);
    if (!served->read)
        throw Error(ErrorKind::invalid_case, served->problems);
    return served;
}

std::vector<CasePointer> Library::changes() {
    const std::scoped_lock lock(mutex_);
    std::map<std::string, CasePointer> before;
    for (const auto& [file, entry] : entries_)
        before.emplace(file, entry.served);
    rescan();
    std::vector<CasePointer> changed;
    for (const auto& [file, entry] : entries_) {
        const auto old = before.find(file);
        if (old == before.end() || old->second->hash != entry.served->hash)
            changed.push_back(entry.served);
        if (old != before.end())
            before.erase(old);
    }
    for (const auto& [file, served] : before)
        changed.push_back(served);  // gone
    return changed;
}

bool Library::editable(const ServedCase& served) const {
    return !read_only_ && !served.sample() && ::access(served.file.c_str(), W_OK) == 0;
}

CasePointer Library::change(const std::string& id, const std::string& hash,
                            const std::function<std::string(const ServedCase&)>& change) {
    const std::scoped_lock lock(mutex_);
    const CasePointer served = current(id);
    if (!editable(*served))
        throw Refusal(403, "forbidden", "this case is served read-only: " + id);
    if (served->hash != hash)
        throw Refusal(409, "conflict", "the file has changed since it was read; read it again: " + id);
    const std::string text = change(*served);
    static_cast<void>(read_case(text, served->path));
    // Again, as late as can be: somebody may have saved it in an editor meanwhile.
    if (sha256(read_file(served->file, CaseLimits::bytes)) != hash)
        throw Refusal(409, "conflict", "the file has changed since it was read; read it again: " + id);
    replace_file(served->file, text);
    return load(served->file, served->path);
}

CasePointer Library::create(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    if (!takes_new())
        throw Refusal(403, "forbidden", "the server serves no folder that it may write a new case into");
    const std::string id = read_case(text, "case of the request").value.id;
    const bool taken =
        std::ranges::any_of(entries_, [&](const auto& each) { return each.second.served->id == id; });
    const std::string path = file_name(id);
    const std::string file = (fs::path(new_folder_) / path).string();
    if (taken || !create_file(file, text))
        throw Refusal(409, "conflict", "there is such a case already: " + id);
    return load(file, path);
}

}  // namespace steelyard::http
