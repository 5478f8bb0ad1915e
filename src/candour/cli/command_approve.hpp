#pragma once
// candour approve CASE --as NAME --role preparer|approver

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_approve_command();

}  // namespace candour::cli
