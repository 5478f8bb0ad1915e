#pragma once
// The methods of `protect` on the command line: each takes the table that was read and writes what it makes of it.

#include <candour/cli/command.hpp>
#include <candour/cli/protect_order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <chrono>

namespace candour::cli {

/// When the verb began.
using Started = std::chrono::steady_clock::time_point;

/// Seconds, processor seconds and peak memory since the verb began, added to a summary.
void add_measurements(nlohmann::ordered_json& summary, Started started);

/// Hides cells until every secret has its witnesses, and writes nothing that the checker has not re-added. Error refused "protect.unproved".
[[nodiscard]] base::Result<ExitStatus> protect_by_suppression(const ProtectOrder& order, Started started, Console& console);
/// The same for a constraint file; gives public/pattern.csv.
[[nodiscard]] base::Result<ExitStatus> protect_constraint_file(const ProtectOrder& order, Started started, Console& console);
/// Rounds, or adds noise.
[[nodiscard]] base::Result<ExitStatus> protect_by_change(const ProtectOrder& order, Started started, Console& console);

}  // namespace candour::cli
