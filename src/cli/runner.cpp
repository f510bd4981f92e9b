// SPDX-License-Identifier: Apache-2.0
#include "runner.hpp"

#include "files.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/ensemble/threads.hpp"
#include "steelyard/files/files.hpp"

#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>

namespace steelyard::cli {

namespace {

RunnerMaker& other_maker() {
    static RunnerMaker maker;
    return maker;
}

template <class T>
T flag_number(const Invocation& call, std::string_view flag, T fallback, T most) {
    const auto text = call.get(flag);
    if (!text) {
        return fallback;
    }
    T number{};
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || !(number >= 0) || number > most) {
        throw Error(ErrorKind::usage, std::vector{Problem{{},
                                                          "flag '--" + std::string(flag) + "' is not valid",
                                                          *text,
                                                          "a number from 0 to " + std::to_string(most),
                                                          {}}});
    }
    return number;
}

/// True once in `seconds`, for whichever thread asks first.
class Every {
public:
    explicit Every(double seconds)
        : period_(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))),
          next_((Clock::now() + period_).time_since_epoch().count()) {}

    bool operator()() {
        const Clock::rep now = Clock::now().time_since_epoch().count();
        Clock::rep next = next_.load();
        return now >= next && next_.compare_exchange_strong(next, now + period_.count());
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::duration period_;
    std::atomic<Clock::rep> next_;
};

ensemble::Keeping keep_in(const std::string& path, double seconds) {
    ensemble::Keeping keeping;
    keeping.load = [path]() -> std::optional<std::string> {
        if (!std::filesystem::exists(path)) {
            return std::nullopt;
        }
        return read_file(path);
    };
    keeping.save = [path](const std::string& text) { replace_file(path, text); };
    keeping.drop = [path] { std::filesystem::remove(path); };
    const auto every = std::make_shared<Every>(seconds);
    keeping.due = [every] { return (*every)(); };
    return keeping;
}

}  // namespace

void use_runner(RunnerMaker maker) {
    other_maker() = std::move(maker);
}

std::unique_ptr<JobRunner> make_runner(const Invocation& call) {
    const auto threads = flag_number<unsigned>(call, "threads", 0, 4096);
    const auto seconds = flag_number<double>(call, "checkpoint-every", 30, 1e6);
    ensemble::Keeping keeping;
    if (const auto path = call.get("checkpoint")) {
        keeping = keep_in(*path, seconds);
    }
    if (other_maker()) {
        return other_maker()(std::move(keeping));
    }
    return std::make_unique<ensemble::ThreadRunner>(threads, std::move(keeping));
}

}  // namespace steelyard::cli
