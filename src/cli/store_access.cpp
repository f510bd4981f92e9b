// SPDX-License-Identifier: Apache-2.0
#include "store_access.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/store/time.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>

namespace steelyard::cli {

namespace {

std::string environment(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? "" : text;
}

void make_folder_of(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (!folder.empty() && std::filesystem::create_directories(folder, error) && !error)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error)
        throw Error(ErrorKind::input_output,
                    "cannot make the folder of the store, " + folder.string() + ": " + error.message());
}

}  // namespace

std::string store_path(const Invocation& call) {
    if (const auto path = call.get("store"))
        return *path;
    if (const std::string path = environment("STEELYARD_STORE"); !path.empty())
        return path;
    std::string data = environment("XDG_DATA_HOME");
    if (data.empty()) {
        const std::string home = environment("HOME");
        if (home.empty())
            throw Error(ErrorKind::usage, "where is the store? Give --store FILE: HOME is not set");
        data = home + "/.local/share";
    }
    return data + "/steelyard/store.sqlite";
}

std::string path_to_write(const Invocation& call) {
    std::string path = store_path(call);
    make_folder_of(path);
    return path;
}

store::Store open_store(const Invocation& call, bool writes) {
    return store::Store(writes ? path_to_write(call) : store_path(call), {.create = writes});
}

store::Stamp stamp_of(const Invocation& call) {
    std::string by = call.get("by").value_or("");
    if (by.empty()) {
        const passwd* user = getpwuid(geteuid());
        by = user == nullptr ? "unknown" : user->pw_name;
    }
    return {utc_now(), by};
}

std::string utc_now() {
    return store::time_text(std::chrono::system_clock::now());
}

std::string utc_in_days(int days) {
    return store::time_text(std::chrono::system_clock::now() + std::chrono::days(days));
}

double number_flag(const Invocation& call, std::string_view flag, std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(number))
        return number;
    throw Error(ErrorKind::usage,
                std::vector{Problem{{},
                                    "flag '--" + std::string(flag) + "' of 'steelyard " +
                                        std::string(call.command->name) + "' is not a number",
                                    std::string(text),
                                    "a number such as 0.7 or 55",
                                    {}}});
}

}  // namespace steelyard::cli
