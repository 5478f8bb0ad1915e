#pragma once
// The verb `attack`: audits a protected table, whoever protected it.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_audit_command();

}  // namespace candour::cli
