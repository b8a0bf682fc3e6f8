/**
 * The algorithms of the paper "PartialLoading: User Scheduling and Bandwidth Allocation for
 * Parameter-sharing Edge Inference", and the baselines it compares them with. They are what the
 * planner is measured against, so they are kept faithful rather than good; equation, theorem and
 * algorithm numbers are the paper's.
 *
 * <p>Where the paper cannot be taken literally:
 *
 * <ul>
 *   <li>(8) charges negative time for blocks that are dropped: only blocks newly needed count.
 *   <li>(16) and (23) charge a batch for its slowest user's full-band upload, against Proposition
 *       1: the service curve charges the sum over the batch, (11).
 *   <li>(22) defines a ratio that line 10 of Algorithm 3 multiplies by the slots to get a count:
 *       count and slots are carried as integers instead.
 *   <li>(19) lets a model follow a predecessor only where that predecessor adds users, and so loses
 *       plans that serve as many with more reuse: Theorem 4 does not hold, not even on the slot
 *       grid. Kept as printed, for it decides which plan Algorithm 2 finds.
 * </ul>
 *
 * All plan from a cold GPU, ρ_0 = 0: blocks that are resident at the start do not enter their
 * decisions. Loads from there take no longer than planned, so their plans keep the budget.
 */
@NullMarked
package io.partialloading.planner.paper;

import org.jspecify.annotations.NullMarked;
