#pragma once
// candour tabulate --records FILE|URL --by V1,V2@level -o DIR

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_tabulate_command();

}  // namespace candour::cli
