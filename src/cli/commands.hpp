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
extern const Command kVoteCommand;
extern const Command kEstimateCommand;
extern const Command kPanelCommand;
extern const Command kPoolCommand;
extern const Command kSaveCommand;
extern const Command kResolveCommand;
extern const Command kScoreCommand;
extern const Command kStoreCommand;
extern const Command kAccountCommand;
extern const Command kServeCommand;
extern const Command kSchemaCommand;
extern const Command kImportCommand;
extern const Command kExportCommand;
extern const Command kTemplateCommand;
extern const Command kCompletionCommand;
extern const Command kManCommand;
extern const Command kReferenceCommand;

}  // namespace steelyard::cli
