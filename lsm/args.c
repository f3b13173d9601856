// SPDX-License-Identifier: GPL-2.0-only
/*
 * The arguments of a program that is about to be executed, read from the
 * pages of its future stack.  Nobody else has the new address space yet, so
 * what is read once stays true.
 */

#include <linux/binfmts.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "args.h"

/* The page of the new stack that @address lies in, with a reference. */
static struct page *stack_page(struct linux_binprm *const bprm,
			       const unsigned long address)
{
	struct page *page = bprm->arg_page;
	long count;

	if (page && bprm->arg_page_start == (address & PAGE_MASK)) {
		get_page(page);
		return page;
	}
	mmap_read_lock(bprm->mm);
	count = get_user_pages_remote(bprm->mm, address, 1, FOLL_FORCE, &page,
				      NULL);
	mmap_read_unlock(bprm->mm);
	return count == 1 ? page : NULL;
}

/* Counts @text's NULs down from *@strings; returns the bytes up to the last. */
static size_t scan(const char *const text, const size_t size,
		   unsigned int *const strings)
{
	size_t used = 0;

	while (*strings && used < size) {
		used += strnlen(text + used, size - used) + 1;
		if (used <= size)
			--*strings;
	}
	return min(used, size);
}

/* What the arguments and the environment take together bounds the arguments. */
static int copy_pages(struct linux_binprm *const bprm,
		      struct mandate_args *const args)
{
	const unsigned long room = bprm->exec - bprm->p;
	unsigned int strings = bprm->argc;
	unsigned long used = 0;
	struct page *page;

	args->mapping = kvmalloc(room, GFP_KERNEL);
	if (!args->mapping)
		return -ENOMEM;
	while (strings && used < room) {
		const unsigned long address = bprm->p + used;
		const size_t size =
			min(PAGE_SIZE - offset_in_page(address), room - used);

		page = stack_page(bprm, address);
		if (!page)
			return -EFAULT;
		memcpy_from_page(args->mapping + used, page,
				 offset_in_page(address), size);
		put_page(page);
		used += scan(args->mapping + used, size, &strings);
	}
	if (strings)
		return -EFAULT;
	args->text = args->mapping;
	args->size = used;
	return 0;
}

/**
 * mandate_args_read - Read the arguments of an exec
 *
 * @bprm: The exec, its arguments still as the caller gave them.
 * @args: Written; to be released also after an error.
 *
 * In the common case the arguments end in the page where they begin, and are
 * not copied.  Mostly the environment, which comes next, ends there as well:
 * then nobody has to look where the one becomes the other.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0, or:
 *
 * - %-EFAULT: A page of the stack cannot be read.
 * - %-ENOMEM: Out of memory.
 */
int mandate_args_read(struct linux_binprm *const bprm,
		      struct mandate_args *const args)
{
	const size_t offset = offset_in_page(bprm->p);
	const size_t size = min(PAGE_SIZE - offset, bprm->exec - bprm->p);
	unsigned int strings = bprm->argc;

	memset(args, 0, sizeof(*args));
	args->page = stack_page(bprm, bprm->p);
	if (!args->page)
		return -EFAULT;
	args->mapping = kmap_local_page(args->page);
	args->text = args->mapping + offset;
	args->size = size;
	/* All of the environment behind them means all of them. */
	if (size == bprm->exec - bprm->p)
		return 0;
	args->size = scan(args->text, size, &strings);
	if (!strings)
		return 0;

	mandate_args_release(args);
	return copy_pages(bprm, args);
}

/**
 * mandate_args_release - Give back what mandate_args_read() took
 *
 * @args: Arguments.
 *
 * Context: The task that read them.
 */
void mandate_args_release(struct mandate_args *const args)
{
	if (args->page) {
		kunmap_local(args->mapping);
		put_page(args->page);
	} else {
		kvfree(args->mapping);
	}
	memset(args, 0, sizeof(*args));
}
