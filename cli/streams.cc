#include "cli/streams.h"

namespace wicket::cli {

bool wants_color(ColorChoice choice, const Surroundings& surroundings, bool is_terminal) {
  switch (choice) {
    case ColorChoice::kAlways:
      return true;
    case ColorChoice::kNever:
      return false;
    case ColorChoice::kAuto:
      break;
  }
  if (surroundings.no_color) return false;
  if (surroundings.force_color) return true;
  return is_terminal && !surroundings.dumb_terminal;
}

void settle_color(Streams& streams, ColorChoice choice) {
  const Surroundings& surroundings = streams.surroundings;
  streams.out_color = wants_color(choice, surroundings, surroundings.out_is_terminal);
  streams.err_color = wants_color(choice, surroundings, surroundings.err_is_terminal);
}

}  // namespace wicket::cli
