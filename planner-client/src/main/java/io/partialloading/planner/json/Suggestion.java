// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import java.util.List;
import java.util.Locale;

/** What was meant by a name that does not exist. */
public final class Suggestion {
  /** Beyond this, comparing takes long, and nobody types it. */
  private static final int LONGEST_NAME = 100;

  /** A part of a name stands for the name if it has at least so many characters. */
  private static final int SHORTEST_PART = 3;

  private Suggestion() {}

  /**
   * A question to append to a complaint, such as {@code ; did you mean uplinkMcs?}, with the name
   * that is closest to the text, if less than a third of its characters are wrong, or else the only
   * name that has the text as a part or is a part of it. Case, {@code -} and {@code _} count for
   * nothing. Empty if there is no such name, or if the text is a name.
   */
  public static String of(String text, List<String> names) {
    if (text.length() > LONGEST_NAME || names.contains(text)) {
      return "";
    }
    String wanted = plain(text);
    String closest = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      if (name.length() <= LONGEST_NAME) {
        String plain = plain(name);
        int most = Math.min((Math.max(wanted.length(), plain.length()) - 1) / 3, least - 1);
        int distance = distance(wanted, plain, most);
        if (distance <= most) {
          closest = name;
          least = distance;
        }
      }
    }
    String found = closest.isEmpty() ? onlyPart(wanted, names) : closest;
    return found.isEmpty() ? "" : "; did you mean " + found + "?";
  }

  private static String onlyPart(String wanted, List<String> names) {
    List<String> found =
        names.stream().filter(name -> isPart(wanted, plain(name))).limit(2).toList();
    return found.size() == 1 ? found.get(0) : "";
  }

  private static boolean isPart(String one, String other) {
    return Math.min(one.length(), other.length()) >= SHORTEST_PART
        && (one.contains(other) || other.contains(one));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /**
   * The least number of characters to insert, drop, replace or swap with a neighbour that makes one
   * name of the other; anything above {@code most} if it is above.
   */
  private static int distance(String from, String to, int most) {
    if (Math.abs(from.length() - to.length()) > most) {
      return most + 1;
    }
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      int leastOfRow = i;
      for (int j = 1; j <= to.length(); j++) {
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + same);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        leastOfRow = Math.min(leastOfRow, row[j]);
      }
      if (leastOfRow > most + 1) { // A swap can take from the row before at most one.
        return most + 1;
      }
    }
    return row[to.length()];
  }
}
