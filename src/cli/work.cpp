// SPDX-License-Identifier: Apache-2.0
#include "work.hpp"

#include "files.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>

namespace steelyard::cli {

namespace {

/// The number a flag states.
template <class T>
T read_flag(const Invocation& call, std::string_view flag, T fallback, std::string_view allowed) {
    const auto text = call.get(flag);
    if (!text)
        return fallback;
    T number{};
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || !(number >= 0)) {
        throw Error(
            ErrorKind::usage,
            std::vector{Problem{
                {}, "flag '--" + std::string(flag) + "' is not valid", *text, std::string(allowed), {}}});
    }
    return number;
}

/// A size like 512M: a whole number of bytes, or of 2^10 (K), 2^20 (M) or 2^30 (G) of them.
std::uint64_t read_size(std::string_view flag, const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, text.data() + text.size());
    constexpr std::string_view units = "KMG";
    const std::size_t place = unit.size() == 1 ? units.find(unit.front()) : std::string_view::npos;
    const std::size_t shift = unit.empty() ? 0 : 10 * (place + 1);
    if (error != std::errc{} || number == 0 || (!unit.empty() && place == std::string_view::npos) ||
        number > std::numeric_limits<std::uint64_t>::max() >> shift) {
        throw Error(ErrorKind::usage,
                    std::vector{Problem{{},
                                        "flag '--" + std::string(flag) + "' is not valid",
                                        text,
                                        "a size like 512M: a whole number from 1, with K, M "
                                        "or G",
                                        {}}});
    }
    return number << shift;
}

/// Bytes of memory that the program holds now; nothing where the system does not tell (Linux does).
std::optional<std::uint64_t> resident_memory() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    if (!(file >> all >> resident))
        return std::nullopt;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

int read_count(const Invocation& call, std::string_view flag, int fallback, int most) {
    const std::string allowed = "a whole number from 0 to " + std::to_string(most);
    const int count = read_flag(call, flag, fallback, allowed);
    if (count > most) {
        throw Error(
            ErrorKind::usage,
            std::vector{Problem{
                {}, "flag '--" + std::string(flag) + "' is not valid", std::to_string(count), allowed, {}}});
    }
    return count;
}

void catch_interrupts() {
    interrupt_token();  // made before a signal can ask for it
    struct sigaction action{};
    action.sa_handler = [](int) { interrupt_token().request(); };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
}

const StopToken& interrupt_token() {
    static const StopToken token;
    return token;
}

LoadedCase load_case(const std::string& path, const Invocation& call) {
    LoadedCase loaded = steelyard::load_case(read_file(path), path == "-" ? "standard input" : path);
    for (const std::string& assignment : call.all("set")) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos) {
            throw Error(
                ErrorKind::usage,
                std::vector{Problem{
                    {}, "flag '--set' needs an address and a number", assignment, "ADDRESS=NUMBER", {}}});
        }
        override_number(loaded, assignment.substr(0, equals), assignment.substr(equals + 1));
    }
    return loaded;
}

/// Raises the budget token after some time, or once the program holds too much memory, unless it is destroyed
/// before.
struct Work::Watch {
    Watch(std::optional<double> seconds, std::optional<std::uint64_t> bytes, StopToken token)
        : thread([this, seconds, bytes, token = std::move(token)](const std::stop_token& stop) {
              using Clock = std::chrono::steady_clock;
              constexpr std::chrono::duration<double> forever(1e8);
              constexpr std::chrono::duration<double> look(0.005);  // at a gigabyte a second: 5 MB more
              const auto start = Clock::now();
              const std::chrono::duration<double> allowed(seconds.value_or(forever.count()));
              std::unique_lock lock(mutex);
              while (!stop.stop_requested()) {
                  const std::chrono::duration<double> left = allowed - (Clock::now() - start);
                  if (left.count() <= 0 || (bytes && resident_memory().value_or(0) > *bytes)) {
                      token.request();
                      return;
                  }
                  wake.wait_for(lock, stop, bytes ? std::min(left, look) : left, [] { return false; });
              }
          }) {}

    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread thread;  // last: it stops before the others go
};

Work::Work(const Invocation& call, Terminal& terminal) : terminal_(terminal) {
    context_.seed = read_flag(call, "seed", context_.seed, "a whole number from 0");
    context_.cancel = interrupt_token();
    runner_ = make_runner(call);
    context_.runner = runner_.get();
    context_.progress = [&terminal](const Progress& progress) { terminal.progress(progress); };
    std::optional<double> seconds;
    std::optional<std::uint64_t> bytes;
    if (call.has("budget"))
        seconds = std::min(read_flag(call, "budget", 0.0, "seconds, at least 0"), 1e8);
    if (const auto text = call.get("memory")) {
        bytes = read_size("memory", *text);
        if (!resident_memory())
            throw Error(ErrorKind::unsupported,
                        "this system does not tell how much memory the program holds");
    }
    if (bytes && resident_memory().value_or(0) > *bytes)
        context_.budget.request();
    else if (seconds || bytes)
        watch_ = std::make_unique<Watch>(seconds, bytes, context_.budget);
}

Work::~Work() {
    terminal_.clear_progress();
}

void print_json(Terminal& terminal, const Value& tree) {
    terminal.line(to_json(tree));
}

}  // namespace steelyard::cli
