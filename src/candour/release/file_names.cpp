#include <candour/release/file_names.hpp>

namespace candour::release {

std::string file_name(ApprovalState state, std::string_view name) { return (state == ApprovalState::draft ? "draft-" : "") + std::string(name); }

std::string csv_path(ApprovalState state, std::string_view stem) { return "csv/" + file_name(state, stem) + ".csv"; }

}  // namespace candour::release
