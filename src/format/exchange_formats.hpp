// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The readers and writers behind the table of foreign formats.

#include "steelyard/format/exchange.hpp"

namespace steelyard::format {

Imported read_genius(std::span<const TextFile> files, const ExchangeOptions& options);
Exported write_genius(const Case& subject, const ExchangeOptions& options);

Imported read_geniusweb(std::span<const TextFile> files, const ExchangeOptions& options);
Exported write_geniusweb(const Case& subject, const ExchangeOptions& options);

Imported read_negmas(std::span<const TextFile> files, const ExchangeOptions& options);
Exported write_negmas(const Case& subject, const ExchangeOptions& options);

Imported read_scoresheet(std::span<const TextFile> files, const ExchangeOptions& options);
Exported write_scoresheet(const Case& subject, const ExchangeOptions& options);

Imported read_stances_file(std::span<const TextFile> files, const ExchangeOptions& options);
Imported read_decide_file(std::span<const TextFile> files, const ExchangeOptions& options);
Imported read_ktab_file(std::span<const TextFile> files, const ExchangeOptions& options);

Imported read_gmcr(std::span<const TextFile> files, const ExchangeOptions& options);
Exported write_gmcr(const Case& subject, const ExchangeOptions& options);

}  // namespace steelyard::format
