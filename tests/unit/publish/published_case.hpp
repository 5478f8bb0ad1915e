#pragma once
// The answer made by hand, published into a folder of its own, with the two steps of its approval.

#include <support/hand_made_answer.hpp>
#include <support/scratch_folder.hpp>

#include <candour/casework/journal.hpp>
#include <candour/publish/publish.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace candour::publish {

class PublishedCase {
 public:
  PublishedCase() { write(); }

  /// Runs the way from the order to the folders, as answering the case does.
  void write() {
    PublishOrder order{output(), released(release::ApprovalState::draft), released(release::ApprovalState::approved), {{"certificate.json", "{}\n"}}};
    const auto done = publish(order);
    ASSERT_TRUE(done.has_value()) << base::to_text(done.error());
  }

  [[nodiscard]] base::Result<std::vector<release::Approval>> approve(const std::string& name, release::Role role) const {
    CANDOUR_TRY(files, read_standing_files(output()));
    return casework::record_approval(output(), {name, role, digest_of_release(files.shown), digest_of_release(files.final), answer.order().answered_on});
  }

  [[nodiscard]] std::vector<release::Approval> approvals() const {
    auto read = casework::read_approvals(output());
    EXPECT_TRUE(read.has_value());
    return read ? *read : std::vector<release::Approval>{};
  }

  [[nodiscard]] PublicationStanding standing() const {
    const auto files = read_standing_files(output());
    EXPECT_TRUE(files.has_value());
    return files ? publication_standing(*files, approvals()) : PublicationStanding::changed;
  }

  /// Both approvals, and the final files in place.
  void finish() {
    ASSERT_TRUE(approve("Ada Preparer", release::Role::preparer).has_value());
    ASSERT_TRUE(approve("Ben Approver", release::Role::approver).has_value());
    ASSERT_TRUE(put_final_in_place(output(), approvals()).has_value());
  }

  [[nodiscard]] const std::filesystem::path& output() const { return scratch_.path(); }

  support::HandMadeAnswer answer;

 private:
  [[nodiscard]] release::ReleasedFiles released(release::ApprovalState state) const {
    auto files = release::release(answer.order(state));
    EXPECT_TRUE(files.has_value());
    return files ? *std::move(files) : release::ReleasedFiles{};
  }

  support::ScratchFolder scratch_;
};

}  // namespace candour::publish
