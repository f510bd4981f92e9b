// SPDX-License-Identifier: Apache-2.0
#pragma once
/// An ensemble whose draws are compiled: forecasts of uncertain stances.

#include <string>
#include <vector>

namespace steelyard::test {

inline std::string compiled_case() {
    return R"(steelyard: 1
case: stances
title: Uncertain stances
actors:
  a: {capability: 10..40}
  b: {capability: 30}
  c: {capability: {value: 20, spread: 5}}
issues:
  price: {options: {low: 0, middle: 50, high: 100}, status_quo: middle}
  term: {options: {short: 0, long: 100}}
preferences:
  a: {positions: {price: {position: 0..30, salience: 80}, term: {position: 90, salience: 20..60}}}
  b: {positions: {price: {position: {low: 40, best: 70, high: 95}, salience: 50}, term: {position: 10..60, salience: 70}}}
  c: {positions: {price: {position: 100, salience: 30..90}}}
)";
}

/// Of the case at `path`, as JSON.
inline std::vector<std::string> compiled_ensemble(const std::string& path) {
    return {"run",
            "ensemble",
            path,
            "--targets",
            "compromise|median|nash_bargaining|procedural:issues[0].value,"
            "nash_bargaining(disagreement=status_quo):issues[1].option",
            "--draws",
            "20000",
            "--json"};
}

}  // namespace steelyard::test
