// Publishes the answer made by hand as a draft, with its final files kept aside: publish_hand_made_answer FOLDER

#include "hand_made_answer.hpp"

#include <candour/publish/publish.hpp>

#include <cstdio>

int main(int argument_count, char** arguments) {
  using namespace candour;
  if (argument_count != 2) return 2;
  const support::HandMadeAnswer answer;
  const auto draft = release::release(answer.order(release::ApprovalState::draft));
  const auto final = release::release(answer.order(release::ApprovalState::approved));
  if (!draft || !final) return 1;
  const auto published = publish::publish({arguments[1], *draft, *final, {}});
  if (!published) std::fprintf(stderr, "%s\n", base::to_text(published.error()).c_str());
  return published ? 0 : 1;
}
