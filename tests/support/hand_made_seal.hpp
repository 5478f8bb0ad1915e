#pragma once
// A seal made by hand, for tests of what comes after certify. Never linked together with certify.

#include <candour/table/seal.hpp>

#include <string>
#include <utility>
#include <vector>

namespace candour::certify {

class SealMaker {
 public:
  static table::Seal by_hand(base::Date date, std::vector<std::string> marks) {
    table::Seal seal;
    seal.draft_digest_ = base::digest_of("a draft made by hand");
    seal.policy_digest_ = base::digest_of("a policy made by hand");
    seal.date_ = date;
    seal.claims_ = {{"the public", "no protected count can be proved small"},
                    {"somebody who knows that a person is in the data", "nothing more about that person can be proved"}};
    seal.marks_ = std::move(marks);
    return seal;
  }
};

}  // namespace candour::certify
