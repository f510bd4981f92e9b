// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The commands, each in its own file.

#include "command.hpp"

namespace steelyard::cli {

extern const Command kBriefCommand;
extern const Command kRunCommand;
extern const Command kAnalysesCommand;
extern const Command kDescribeCommand;
extern const Command kCheckCommand;
extern const Command kEvidenceCommand;
extern const Command kCiteCommand;
extern const Command kBacktestCommand;
extern const Command kFitCommand;
extern const Command kSchemaCommand;
extern const Command kImportCommand;
extern const Command kExportCommand;
extern const Command kTemplateCommand;
extern const Command kCompletionCommand;
extern const Command kManCommand;
extern const Command kReferenceCommand;

}  // namespace steelyard::cli
