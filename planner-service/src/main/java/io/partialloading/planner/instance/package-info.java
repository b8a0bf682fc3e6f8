/**
 * What is to be planned, in the planner's own words: users, models, blocks and the server as dense
 * indices and primitive arrays, valid by construction. Times are nanoseconds, sizes are bytes.
 */
@NullMarked
package io.partialloading.planner.instance;

import org.jspecify.annotations.NullMarked;
