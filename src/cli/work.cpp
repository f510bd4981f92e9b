// SPDX-License-Identifier: Apache-2.0
#include "work.hpp"

#include "files.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"

#include <charconv>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

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

}  // namespace

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

/// Raises the budget token after some time, unless it is destroyed before.
struct Work::Timer {
    Timer(double seconds, StopToken token)
        : thread([this, seconds, token = std::move(token)](const std::stop_token& stop) {
              std::unique_lock lock(mutex);
              wake.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
              if (!stop.stop_requested())
                  token.request();
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
    if (call.has("budget")) {
        const double seconds = read_flag(call, "budget", 0.0, "seconds, at least 0");
        timer_ = std::make_unique<Timer>(std::min(seconds, 1e8), context_.budget);
    }
}

Work::~Work() {
    terminal_.clear_progress();
}

void print_json(Terminal& terminal, const Value& tree) {
    terminal.line(to_json(tree));
}

}  // namespace steelyard::cli
