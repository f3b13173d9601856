// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the benchmark executes: a program that ends.
 */

int main(void)
{
	return 0;
}
