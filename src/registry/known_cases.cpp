// SPDX-License-Identifier: Apache-2.0
#include "known_cases.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/stance_tables.hpp"

#include <algorithm>
#include <iterator>

namespace steelyard::registry {

namespace {

template <class Request>
std::vector<Case> gather(const Case& subject, const Request& request, const DeuOptions& deu) {
    std::vector<Case> cases;
    if (!subject.outcome.empty()) {
        cases.push_back(subject);
    }
    for (const auto& [name, document] : request.cases) {
        cases.push_back(read_case(document.text, name).value);
    }
    if (!request.deu.text.empty()) {
        if (request.eu15.text.empty() || request.eu27.text.empty()) {
            throw Error(ErrorKind::invalid_option,
                        "the table of issues (deu) needs both tables of the Council (eu15, eu27)");
        }
        std::ranges::move(
            read_deu({request.deu.text, "deu", request.eu15.text, "eu15", request.eu27.text, "eu27"}, deu),
            std::back_inserter(cases));
    }
    return cases;
}

}  // namespace

forecast::BacktestResult backtest(const Case& subject, const BacktestRequest& request,
                                  const Context& context) {
    const DeuOptions deu{request.deu_power, request.deu_commission, request.deu_parliament,
                         request.deu_uncoded_salience, request.deu_wave};
    return forecast::backtest(gather(subject, request, deu),
                              {request.models, request.against, request.resamples, request.error,
                               request.least_actors, request.least_places},
                              context);
}

forecast::FitResult fit(const Case& subject, const FitRequest& request, const Context& context) {
    return forecast::fit(gather(subject, request, {}), {request.fit_share, request.resamples}, context);
}

}  // namespace steelyard::registry
