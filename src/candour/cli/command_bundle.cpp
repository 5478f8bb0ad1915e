#include <candour/cli/command_bundle.hpp>

#include <candour/base/files.hpp>
#include <candour/casework/bundle.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/policy_bytes.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using casework::Exempt;

class BundleCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case, or its case.toml");
    parameters.option("-o,--out", "DIR", folder_, "The folder to write: with-exempt-material/ and without-exempt-material/", Presence::required);
    parameters.option("--answer", "FOLDER", answer_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY(policy, policy_bytes_of(the_case));
    CANDOUR_TRY(bundle, with_errors(casework::gather_bundle(folder_of_case(case_), answer_folder(the_case.folder, answer_), policy)));
    const auto with = copy_of_bundle(bundle, the_case.reference, base::today(), Exempt::yes);
    const auto without = copy_of_bundle(bundle, the_case.reference, base::today(), Exempt::no);
    CANDOUR_TRY_DONE(with_errors(base::replace_folders_whole({{folder_ / "with-exempt-material", base::FolderAccess::owner_only, with},
                                                              {folder_ / "without-exempt-material", base::FolderAccess::owner_only, without}})));
    console.print(fmt::format("{}: {} files with exempt material, {} without; each folder has a manifest.\n", folder_.string(), with.size(), without.size()));
    for (const std::string& missing : bundle.missing) console.print(fmt::format("missing: {}\n", missing));
    console.print_json({{"folder", folder_.string()}, {"with", with.size()}, {"without", without.size()}, {"missing", bundle.missing}});
    return ExitStatus::done;
  }

 private:
  fs::path case_, folder_;
  std::optional<fs::path> answer_;
};

}  // namespace

std::unique_ptr<Command> make_bundle_command() { return std::make_unique<BundleCommand>(); }

}  // namespace candour::cli
